/**
 * A coordinator with an environment that holds group 0, the operator and the nodes: everything it may be told, in any order.
 *
 * One tablet moves, so nothing depends on how long a failure is kept back. The coordinator has been elected, has fenced its
 * predecessor and is idle at the beginning.
 */

import { type Cell, register, type Write, write } from "../../../../model/kernel/cell.ts"
import { outcome } from "../../../../model/kernel/role.ts"
import { type Firing, type Rule, rulesOf, type System } from "../../../../model/kernel/system.ts"
import { coordinator } from "../../../../model/sessions/cluster/coordinator.ts"
import { type Coordinator, newCoordinator, waitingFor } from "../../../../model/sessions/cluster/coordinator-state.ts"
import type { CoordinatorInput, CoordinatorOutput } from "../../../../model/sessions/cluster/coordinator-words.ts"
import { reference, type Variant } from "../../../../model/sessions/cluster/variant.ts"
import { groupZeroLaws } from "../../../../spec/sessions/laws.ts"
import type { Reason } from "../../../../spec/sessions/messages.ts"
import { CommandIndex } from "../../../../spec/sessions/messages.ts"
import { type Metadata, type NodeId, Position, Term, type Version } from "../../../../spec/sessions/metadata.ts"
import type { CommitFate, CoordinatorAsked, CoordinatorLabel, CoordinatorSaid } from "./coordinator-messages.ts"
import { operatorChanges } from "./coordinator-orders.ts"

/** The term of the coordinator, and what group 0 said before anybody asked it for anything. */
export const onlyTerm = Term.make(1)

interface Head {
  readonly at: Position
  readonly metadata: Metadata
}

/** What the coordinator waits for besides its barrier's answers. */
interface Asked {
  /** The fence's commit, and what it was computed from; null where none is under way. */
  readonly fence: Head | null
  readonly triggers: ReadonlyArray<Extract<CoordinatorOutput, { _tag: "Trigger" }>>
}

const on = rulesOf<CoordinatorLabel>()
type Firings = ReadonlyArray<Firing<CoordinatorLabel>>

/**
 * When a coordinator forgets what it did for a transition that ends: before the commit that ends it, as the model does, which costs
 * one more barrier where the commit has no effect, or once it has heard of it, which is unlawful where it never hears (M96).
 */
export type Forgets = Variant["forgets"]

export const coordinatorAlone = (first: Metadata, forgets: Forgets): System<CoordinatorLabel> => {
  const state = register<Coordinator>("coordinator", { ...newCoordinator(onlyTerm), fenced: true })
  const head = register<Head>("group 0", { at: Position.make(1), metadata: first })
  const asked = register<Asked>("asked", { fence: null, triggers: [] })
  const role = coordinator({ ...reference, forgets }, onlyTerm)

  /** What an input of the model's leads to; `said` is what is given to whoever plays the part, null where it acts by itself. */
  const taking = (
    now: Coordinator,
    waits: Asked,
    input: CoordinatorInput,
    said: CoordinatorAsked | null,
    labels: ReadonlyArray<CoordinatorLabel> = [],
    writes: ReadonlyArray<Write> = []
  ): Firings => {
    const answer = outcome(role.step(now, input))
    if (answer._tag === "Refused") return []
    const next = answer.next.state
    const begun = answer.next.outputs.flatMap((output) => (output._tag === "Trigger" ? [output] : []))
    const planned = next.plan !== null && now.plan === null ? [commitOf(next.plan)] : []
    const outputs = [...answer.next.outputs.map(saidOf), ...planned]
    const seen = answer.next.outputs.flatMap(
      (output): ReadonlyArray<CoordinatorLabel> =>
        output._tag === "Trigger" ? [] : [{ ...output, term: onlyTerm, index: CommandIndex.make(output.index) }]
    )
    return [
      {
        labels: [{ _tag: "CoordinatorStep", input: said, outputs }, ...labels, ...seen],
        writes: [
          ...writes,
          write(state, next),
          write(asked, { ...waits, triggers: [...stillRunning(waits, next), ...begun] })
        ]
      }
    ]
  }

  const effective = (now: Head, metadata: Metadata): { readonly label: CoordinatorLabel; readonly next: Head } => {
    const next: Head = { at: Position.make(now.at + 1), metadata }
    return { label: { _tag: "Committed", by: { _tag: "Coordinator", term: onlyTerm }, ...next }, next }
  }

  const looks = on(
    "coordinator looks",
    { actor: "coordinator", fair: "weak", reads: [state, head, asked] },
    (now, { at, metadata }, waits): Firings => taking(now, waits, { _tag: "Looked", at, metadata, full: [] }, null)
  )

  /** Everybody has answered: the fence is committed, unless group 0 has it already. */
  const fences = on(
    "coordinator fences",
    { actor: "coordinator", fair: "weak", reads: [state, head, asked] },
    (now, seen, waits): Firings => {
      if (now.barrier === null || now.barrier.waiting.length > 0 || waits.fence !== null) return []
      const { version } = now.barrier
      if (seen.metadata.fence >= version) return taking(now, waits, { _tag: "FenceDone" }, null)
      const fence = fenced(seen, version)
      return [
        {
          labels: [
            { _tag: "CoordinatorStep", input: null, outputs: [commitOf({ seen: seen.at, metadata: fence.metadata })] }
          ],
          writes: [write(asked, { ...waits, fence })]
        }
      ]
    }
  )

  const commits = on(
    "a commit is answered",
    { actor: "group 0", fair: "weak", reads: [state, head, asked] },
    (now, last, waits): Firings => {
      const change = waits.fence ?? (now.plan === null ? null : { at: now.plan.seen, metadata: now.plan.metadata })
      if (change === null) return []
      const fates: ReadonlyArray<CommitFate> = change.at === last.at ? ["committed", "unheard", "lost"] : ["refused"]
      return fates.flatMap((fate): Firings => {
        const isEffective = fate === "committed" || fate === "unheard"
        const { label, next } = effective(last, change.metadata)
        const said: CoordinatorAsked = { _tag: "CommitAnswered", fate, at: isEffective ? next.at : last.at }
        const [labels, writes] = isEffective ? [[label], [write(head, next)]] : [[], []]
        if (waits.fence === null)
          return taking(now, waits, { _tag: "CommitDone", effective: fate === "committed" }, said, labels, writes)
        return [
          {
            labels: [{ _tag: "CoordinatorStep", input: said, outputs: [] }, ...labels],
            writes: [...writes, write(asked, { ...waits, fence: null })]
          }
        ]
      })
    }
  )

  const commandAnswers = on(
    "a node answers a command",
    { actor: "node", fair: "weak", reads: [state, asked] },
    (now, waits): Firings =>
      (now.barrier?.waiting ?? []).flatMap((node) =>
        commandReasons.flatMap((reason) => {
          const answer = { _tag: "CommandAnswered", node, index: now.barrier!.index, reason } as const
          return taking(now, waits, answer, answer)
        })
      )
  )

  const triggerAnswers = on(
    "a node answers a trigger",
    { actor: "node", fair: "weak", reads: [state, asked] },
    (now, waits): Firings =>
      waits.triggers.flatMap(({ call, node, operation, tablet }) =>
        triggerReasons.flatMap((reason) =>
          taking(
            now,
            waits,
            { _tag: "TriggerAnswered", call, reason },
            { _tag: "TriggerAnswered", node, operation, tablet, reason }
          )
        )
      )
  )

  const breaks = on(
    "a connection breaks",
    { actor: "network", fair: "none", reads: [state, asked] },
    (now, waits): Firings =>
      [...new Set([...(now.barrier?.waiting ?? []), ...waits.triggers.map(({ node }) => node)])]
        .sort()
        .flatMap((node: NodeId) =>
          taking(now, waits, { _tag: "ConnectionBroke", node }, { _tag: "ConnectionBroke", node })
        )
  )

  const operator = on(
    "operator changes group 0",
    { actor: "operator", fair: "none", reads: [head] },
    ({ at, metadata }): Firings =>
      operatorChanges(at, metadata).map((changed) => {
        const next: Head = { at: Position.make(at + 1), metadata: changed }
        return {
          labels: [
            { _tag: "CoordinatorStep", input: { _tag: "Said", ...next }, outputs: [] },
            { _tag: "Committed", by: { _tag: "Operator" }, ...next }
          ],
          writes: [write(head, next)]
        }
      })
  )

  const rules: ReadonlyArray<Rule<CoordinatorLabel>> = [
    looks,
    fences,
    commits,
    commandAnswers,
    triggerAnswers,
    breaks,
    operator
  ]
  return {
    name: "coordinator alone",
    cells: [state, head, asked] as ReadonlyArray<Cell<unknown, unknown>>,
    rules,
    laws: groupZeroLaws,
    observables: {}
  }
}

const commandReasons: ReadonlyArray<Reason | null> = [null, null, "VersionChanged"]
const triggerReasons: ReadonlyArray<Reason | null> = [null, "StreamFailed"]

const commitOf = ({ seen, metadata }: { readonly seen: Position; readonly metadata: Metadata }): CoordinatorSaid => ({
  _tag: "Commit",
  seen,
  metadata
})

const fenced = ({ at, metadata }: Head, fence: Version): Head => ({ at, metadata: { ...metadata, fence } })

const saidOf = (output: CoordinatorOutput): CoordinatorSaid => {
  if (output._tag !== "Trigger") return output
  const { node, operation, tablet, session = null } = output
  return { _tag: "Trigger", node, operation, tablet, session }
}

/** Triggers whose answers the coordinator still waits for. */
const stillRunning = ({ triggers }: Asked, now: Coordinator): Asked["triggers"] =>
  triggers.filter(({ call }) => waitingFor(now).some((asked) => asked.call === call))
