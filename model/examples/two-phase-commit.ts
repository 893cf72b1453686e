/**
 * Two-phase commit as Gray and Lamport write it: one transaction manager, some resource managers, messages that are sent
 * once and stay readable for ever.
 *
 * The classic example of model checking, with counts that every tool agrees on.
 * Source: Gray and Lamport, "Consensus on Transaction Commit", section 3 (TwoPhase.tla).
 */
import { always, history, leadsTo, type Memory, sometimes } from "../../spec/law.ts"
import { type Cell, register, write } from "../kernel/cell.ts"
import { moved, renaming } from "../kernel/symmetry.ts"
import { type Rule, rulesOf, type System } from "../kernel/system.ts"

type Decision = "committed" | "aborted"

export type CommitLabel =
  | { readonly _tag: "Prepared"; readonly manager: number }
  | { readonly _tag: "Decided"; readonly decision: Decision }
  | { readonly _tag: "Obeyed"; readonly manager: number; readonly decision: Decision }
  | { readonly _tag: "GaveUp"; readonly manager: number }

type ManagerState = "working" | "prepared" | Decision

interface Coordinator {
  readonly state: "init" | Decision
  /** Who is known to be prepared. */
  readonly prepared: ReadonlyArray<boolean>
}

interface Sent {
  readonly prepared: ReadonlyArray<boolean>
  readonly decision: Decision | null
}

type Message = { readonly prepared: number } | { readonly decision: Decision }

const rule = rulesOf<CommitLabel>()

/** A system of `count` resource managers. */
export const twoPhaseCommit = (count: number): System<CommitLabel> => {
  const nobody = Array.from({ length: count }, () => false)
  const coordinator: Cell<Coordinator, Coordinator> = register("coordinator", { state: "init", prepared: nobody })
  const managers = nobody.map((_, manager) => register<ManagerState>(`manager ${manager}`, "working"))
  const sent: Cell<Sent, Message> = {
    name: "sent",
    init: { prepared: nobody, decision: null },
    apply: (all, message) =>
      "decision" in message
        ? { ...all, decision: message.decision }
        : { ...all, prepared: all.prepared.with(message.prepared, true) }
  }

  const decide = (decision: Decision, may: (prepared: ReadonlyArray<boolean>) => boolean): Rule<CommitLabel> =>
    rule(`decide ${decision}`, { actor: "coordinator", fair: "weak", reads: [coordinator] }, ({ state, prepared }) =>
      state === "init" && may(prepared)
        ? [
            {
              labels: [{ _tag: "Decided", decision }],
              writes: [write(coordinator, { state: decision, prepared }), write(sent, { decision })]
            }
          ]
        : []
    )

  const rulesOfManager = (own: Cell<ManagerState, ManagerState>, manager: number): ReadonlyArray<Rule<CommitLabel>> => {
    const actor = `manager ${manager}`
    return [
      rule(
        `hear that ${manager} is prepared`,
        { actor: "coordinator", fair: "weak", reads: [coordinator, sent] },
        (now, all) =>
          now.state === "init" && all.prepared[manager] === true
            ? [{ labels: [], writes: [write(coordinator, { ...now, prepared: now.prepared.with(manager, true) })] }]
            : []
      ),
      rule(`prepare ${manager}`, { actor, fair: "weak", reads: [own] }, (state) =>
        state === "working"
          ? [
              {
                labels: [{ _tag: "Prepared", manager }],
                writes: [write(own, "prepared"), write(sent, { prepared: manager })]
              }
            ]
          : []
      ),
      rule(`give up ${manager}`, { actor, fair: "none", reads: [own] }, (state) =>
        state === "working" ? [{ labels: [{ _tag: "GaveUp", manager }], writes: [write(own, "aborted")] }] : []
      ),
      rule(`obey ${manager}`, { actor, fair: "weak", reads: [sent] }, ({ decision }) =>
        decision === null ? [] : [{ labels: [{ _tag: "Obeyed", manager, decision }], writes: [write(own, decision)] }]
      )
    ]
  }

  return {
    name: `two-phase commit, ${count} managers`,
    cells: [coordinator, sent, ...managers],
    rules: [
      decide("committed", (prepared) => prepared.every(Boolean)),
      decide("aborted", () => true),
      ...managers.flatMap(rulesOfManager)
    ],
    laws: [consistent(managers.length), ...decisionLaws, decides],
    observables: Object.fromEntries(managers.map((cell, manager) => [`manager ${manager}`, cell])),
    symmetry: {
      of: "managers",
      size: count,
      families: [managers],
      renamings: [
        renaming(
          coordinator,
          (now, to) => ({ ...now, prepared: moved(now.prepared, to) }),
          ({ prepared }, manager) => prepared[manager]
        ),
        renaming(
          sent,
          (all, to) => ({ ...all, prepared: moved(all.prepared, to) }),
          ({ prepared }, manager) => prepared[manager]
        )
      ]
    }
  }
}

/** The decision that was taken, if any. */
const decided: Memory<Decision | null, CommitLabel> = {
  name: "decided",
  init: null,
  on: (decision, label) => (label._tag === "Decided" ? label.decision : decision)
}

const consistent = (count: number) =>
  always("2PC-S1", {
    sentence: "No manager commits while another aborts.",
    source: "TCConsistent",
    observes: Array.from({ length: count }, (_, manager) => `manager ${manager}`),
    breaks: (...states) =>
      states.includes("committed") && states.includes("aborted") ? `the managers are ${states.join(", ")}` : undefined
  })

const decisionLaws = [
  history<CommitLabel, Decision | null>("2PC-S2", {
    sentence: "A manager obeys the decision that was taken.",
    source: "TwoPhase.tla, RMRcvCommitMsg and RMRcvAbortMsg",
    follows: decided,
    breaks: (decision, label) =>
      label._tag === "Obeyed" && label.decision !== decision
        ? `manager ${label.manager} obeys ${label.decision}, decided is ${decision}`
        : undefined
  }),
  sometimes<CommitLabel, Decision | null>("2PC-R1", {
    sentence: "A transaction commits.",
    source: "TwoPhase.tla, TMCommit",
    follows: decided,
    happens: (_before, _label, decision) => decision === "committed"
  }),
  sometimes<CommitLabel, Decision | null>("2PC-R2", {
    sentence: "A manager gives up before the decision.",
    source: "TwoPhase.tla, RMChooseToAbort",
    follows: decided,
    happens: (decision, label) => decision === null && label._tag === "GaveUp"
  })
]

const decides = leadsTo<CommitLabel, Decision | null>("2PC-L1", {
  sentence: "A decision is taken.",
  source: "TwoPhase.tla",
  given: [],
  follows: decided,
  pending: (decision) => (decision === null ? "nothing is decided" : undefined)
})
