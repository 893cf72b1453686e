/** View building coordinators at work: each looks, commits, asks, hears and collects, and one that was deposed may not have noticed yet. */
import type { NodeId, Position } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type CallAnswer, type Committer, callBackoffMs, collectEveryMs } from "../../../spec/view-building/messages.ts"
import type { Elections } from "../../group0/elections.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import { outcome } from "../../kernel/role.ts"
import type { Rule } from "../../kernel/system.ts"
import { coordinator } from "../coordinator/coordinator.ts"
import { type Coordinator, newCoordinator } from "../coordinator/state.ts"
import type { CoordinatorInput, CoordinatorOutput } from "../coordinator/words.ts"
import { trusting } from "./bounds.ts"
import { type BuildingCells, type CoordinatorCells, shardAt } from "./cells.ts"
import { beginning, begins } from "./schema-rules.ts"
import { committing, type Firings, on, type Setting } from "./setting.ts"

type Rules = ReadonlyArray<Rule<ViewBuildingLabel>>

export const coordinatorRules = (setting: Setting): Rules =>
  setting.cells.coordinators.flatMap((own) => [
    looks(setting, own),
    collects(setting, own),
    commits(setting, own),
    hears(setting, own),
    rests(setting, own),
    ...(setting.variant.wakeUps === "level" ? [] : [sleeps(setting, own), isWoken(setting, own)]),
    ...(setting.bounds.failovers > 0 ? [stops(setting, own)] : [])
  ])

const by = ({ term }: CoordinatorCells): Committer => ({ _tag: "Coordinator", term })
const actor = ({ term }: CoordinatorCells): string => `coordinator ${term}`

/** What one input leads to, nothing where it is refused. `before` is seen, and `more` is written, besides. */
export const taking = (
  { cells, variant }: Setting,
  own: CoordinatorCells,
  now: Coordinator,
  input: CoordinatorInput,
  before: ReadonlyArray<ViewBuildingLabel> = [],
  more: ReadonlyArray<Write> = []
): Firings => {
  const answer = outcome(coordinator(variant, own.term).step(now, input))
  if (answer._tag === "Refused") return []
  const { state, outputs } = answer.next
  const at = "at" in input ? input.at : (0 as Position)
  return [
    {
      labels: [...before, ...outputs.flatMap((output) => labelsOf(own, at, output))],
      writes: [...more, write(own.state, state), ...outputs.flatMap((output) => sent(cells, own, output))]
    }
  ]
}

const labelsOf = (own: CoordinatorCells, at: Position, output: CoordinatorOutput): ReadonlyArray<ViewBuildingLabel> => {
  switch (output._tag) {
    case "Guarded":
      return [{ _tag: "GuardTaken", by: by(own), at }]
    case "Called": {
      const { call, replica, tasks } = output
      return [{ _tag: "CallSent", term: own.term, call, ...replica, tasks }]
    }
    case "Planned":
      return []
  }
}

const sent = (cells: BuildingCells, { term }: CoordinatorCells, output: CoordinatorOutput): ReadonlyArray<Write> => {
  if (output._tag !== "Called") return []
  const { call, replica, tasks } = output
  return [push(shardAt(cells, replica).calls, { term, call, tasks })]
}

/** C0 to C3: takes a guard, if it leads, and makes one pass of the main loop. */
const looks = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> => {
  const { bounds, cells } = setting
  return on(
    `coordinator ${own.term} looks`,
    {
      actor: actor(own),
      fair: trusting(bounds, "F5"),
      reads: [own.state, cells.head, cells.term, ...beginning(cells), ...believedIn(setting)]
    },
    (now, { at, metadata }, term, filled, asked, ...believed): Firings => {
      if (now === null || term !== own.term || !begins(bounds, filled, asked)) return []
      return taking(setting, own, now, { _tag: "Looked", at, said: metadata, alive: aliveOf(setting, believed) })
    }
  )
}

/** C6: some time has passed since the last try, and it takes a guard to collect. */
const collects = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> => {
  const { bounds, cells, variant } = setting
  const waited: ReadonlyArray<ViewBuildingLabel> =
    variant.collectsEvery === "period" ? [{ _tag: "Elapsed", ms: collectEveryMs }] : []
  return on(
    `coordinator ${own.term} collects`,
    { actor: actor(own), fair: trusting(bounds, "F6"), reads: [own.state, cells.head, cells.term] },
    (now, { at, metadata }, term): Firings =>
      now === null || term !== own.term
        ? []
        : taking(setting, own, now, { _tag: "CollectionDue", at, said: metadata }, waited)
  )
}

/** Commits its plan; effective only if nothing was committed since its guard was taken. */
const commits = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `coordinator ${own.term} commits`,
    { actor: actor(own), fair: trusting(bounds, "F1"), reads: [own.state, cells.position] },
    (now, head): Firings => {
      if (now?.plan == null) return []
      const { seen, change, said } = now.plan
      const effective = seen === head || variant.commits === "blind"
      const { label, write } = committing(cells, head, by(own), change, said)
      return effective
        ? taking(setting, own, now, { _tag: "CommitDone", effective }, [label], [write])
        : taking(setting, own, now, { _tag: "CommitDone", effective }, [
            { _tag: "CommitRefused", by: by(own), change, expected: seen, head }
          ])
    }
  )
}

export const ended = (own: CoordinatorCells, call: number, answer: CallAnswer): ViewBuildingLabel =>
  ({ _tag: "CallEnded", term: own.term, call, answer }) as ViewBuildingLabel

/** C4: an answer comes to whoever still waits for it; from one who has been given up nobody hears. */
const hears = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> =>
  on(
    `coordinator ${own.term} hears`,
    { actor: actor(own), fair: trusting(setting.bounds, "F9"), reads: [own.state, own.answers.letters] },
    (now, answers): Firings =>
      answers.flatMap(({ replica, call, answer }, position): Firings => {
        const taken = write(own.answers.cell, { remove: position })
        const waits = now?.calls.some(
          (known) => known.call === call && known.phase === "out" && known.replica.node === replica.node
        )
        if (now === null || waits !== true) return [{ labels: [], writes: [taken] }]
        return taking(
          setting,
          own,
          now,
          { _tag: "CallEnded", replica, call, answer },
          [ended(own, call, answer)],
          [taken]
        )
      })
  )

/** C5: a replica whose call has failed was left alone for a second. */
const rests = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> =>
  on(
    `coordinator ${own.term} has rested`,
    { actor: actor(own), fair: "weak", reads: [own.state] },
    (now): Firings =>
      now === null
        ? []
        : now.calls.flatMap(({ replica, phase }) =>
            phase === "resting"
              ? taking(setting, own, now, { _tag: "Rested", replica }, [{ _tag: "Elapsed", ms: callBackoffMs }])
              : []
          )
  )

/** C7: nothing was left to do, and the loop waits to be told. */
const sleeps = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> =>
  on(
    `coordinator ${own.term} sleeps`,
    { actor: actor(own), fair: "weak", reads: [own.state, setting.cells.position, ...believedIn(setting)] },
    (now, at, ...believed): Firings =>
      now === null ? [] : taking(setting, own, now, { _tag: "Slept", at, alive: aliveOf(setting, believed) })
  )

/** Group 0 has moved on, or a host is up, since the loop went to sleep. What happened before that it has missed. */
const isWoken = (setting: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> =>
  on(
    `coordinator ${own.term} is woken`,
    { actor: actor(own), fair: "weak", reads: [own.state, setting.cells.position, ...believedIn(setting)] },
    (now, at, ...believed): Firings =>
      now === null ? [] : taking(setting, own, now, { _tag: "Signalled", at, alive: aliveOf(setting, believed) })
  )

const believedIn = ({ cells }: Setting) => cells.nodes.map(({ alive }) => alive)

const aliveOf = ({ cells }: Setting, believed: ReadonlyArray<boolean>): ReadonlyArray<NodeId> =>
  cells.nodes.flatMap(({ name }, k) => (believed[k] ? [name] : []))

/** One that was deposed notices, and waits for nobody any more. */
const stops = ({ cells }: Setting, own: CoordinatorCells): Rule<ViewBuildingLabel> =>
  on(
    `coordinator ${own.term} stops`,
    { actor: actor(own), fair: "weak", reads: [view(own.state, "is there", (now) => now !== null), cells.term] },
    (isThere, term): Firings =>
      !isThere || term <= own.term
        ? []
        : [
            {
              labels: [{ _tag: "CoordinatorStopped", term: own.term }],
              writes: [write(own.state, null), write(own.answers.cell, "closes")]
            }
          ]
  )

/** A coordinator leads on one node after the other. */
export const electionsOf = (cells: BuildingCells): Elections<Coordinator, ViewBuildingLabel> => ({
  ...cells,
  begin: newCoordinator,
  label: (term) => ({ _tag: "Elected", term, node: cells.nodes[(term - 1) % cells.nodes.length]!.name })
})
