/** Coordinators of the global track at work: each looks, commits, sends and hears, and one that was deposed may not have noticed. */
import { nullSession } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { CommandIndex } from "../../../spec/sessions/messages.ts"
import { type Elections, electionRules } from "../../group0/elections.ts"
import { appended } from "../../group0/log.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { outcome } from "../../kernel/role.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { workName } from "../cluster/works.ts"
import type { TopologyBounds } from "./bounds.ts"
import { type GlobalCells, range, type TopologyCells } from "./cells.ts"
import { type GlobalInput, type GlobalOutput, globalCoordinator } from "./coordinator.ts"
import { type GlobalCoordinator, newCoordinator } from "./coordinator-state.ts"
import type { TopologyVariant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

/** What every rule of the global track is made of. */
export interface Setting {
  readonly cells: TopologyCells
  readonly variant: TopologyVariant
  readonly bounds: TopologyBounds
}

export const globalRules = (setting: Setting): ReadonlyArray<Rule<ClusterLabel>> => [
  ...setting.cells.global.flatMap((own) => [
    looks(setting, own),
    commits(setting, own),
    sends(setting, own),
    hears(setting, own)
  ]),
  ...(setting.bounds.leader === undefined ? electionRules(electionsOf(setting.cells)) : [])
]

/** What one input leads to, nothing where it is refused. `before` is seen, and `more` is written, besides. */
export const taking = (
  { cells, variant, bounds }: Setting,
  own: GlobalCells,
  now: GlobalCoordinator,
  input: GlobalInput,
  before: ReadonlyArray<ClusterLabel> = [],
  more: ReadonlyArray<Write> = [],
  named = 0
): Firings => {
  const answer = outcome(globalCoordinator(variant, bounds.retries, own.term).step(now, input))
  if (answer._tag === "Refused") return []
  const { state, outputs } = answer.next
  return [
    {
      labels: [...before, ...outputs.flatMap((output) => labelsOf(own, output, named))],
      writes: [...more, write(own.state, state), ...outputs.flatMap((output) => sent(cells, own, output, named))]
    }
  ]
}

/** A barrier that insists on everybody is one on behalf of what is in hand; another proves nothing about sessions. */
const labelsOf = ({ term }: GlobalCells, output: GlobalOutput, named: number): ReadonlyArray<ClusterLabel> => {
  const index = CommandIndex.make(output.index)
  switch (output._tag) {
    case "BarrierBegan": {
      const { version, must, to } = output
      const tablets = must ? [range] : []
      return [{ _tag: "BarrierBegan", term, index, command: "barrier_and_drain", version, targets: to, tablets }]
    }
    case "BarrierEnded":
      return [{ _tag: "BarrierEnded", term, index, ok: output.ok }]
    case "Stream":
      return []
    case "Truncate": {
      const { to, request, session } = output
      return to.map((_, k) => ({
        _tag: "WorkSent",
        by: `coordinator ${term}`,
        request,
        session: session ?? nullSession,
        work: workName(named + k + 1)
      }))
    }
  }
}

const sent = (
  cells: TopologyCells,
  { term }: GlobalCells,
  output: GlobalOutput,
  named: number
): ReadonlyArray<Write> => {
  if (output._tag === "BarrierEnded") return []
  const { index, to } = output
  const nodes = to.map((name) => cells.nodes.find((node) => node.name === name)!)
  switch (output._tag) {
    case "BarrierBegan":
      return nodes.map(({ mail }) => push(mail, { _tag: "Command", term, index, command: "barrier_and_drain" }))
    case "Stream":
      return nodes.map(({ calls }) => push(calls, { _tag: "Stream", term, index }))
    case "Truncate": {
      const session = output.session ?? nullSession
      return [
        write(cells.works, named + nodes.length),
        ...nodes.map(({ calls }, k) =>
          push(calls, { _tag: "Truncate", work: workName(named + k + 1), session, term, index })
        )
      ]
    }
  }
}

/** Takes the right to commit, if it leads, and decides what is next. Source: service/topology_coordinator.cc start_operation. */
const looks = (setting: Setting, own: GlobalCells): Rule<ClusterLabel> => {
  const { cells } = setting
  return on(
    `coordinator ${own.term} looks`,
    { actor: `coordinator ${own.term}`, fair: "weak", reads: [own.state, cells.ring, cells.position, cells.term] },
    (now, ring, at, term): Firings =>
      now === null || term !== own.term ? [] : taking(setting, own, now, { _tag: "Looked", at, ring })
  )
}

/** Commits; effective only if nothing was committed since it looked. */
const commits = (setting: Setting, own: GlobalCells): Rule<ClusterLabel> => {
  const { cells } = setting
  return on(
    `coordinator ${own.term} commits`,
    { actor: `coordinator ${own.term}`, fair: "weak", reads: [own.state, cells.position] },
    (now, head): Firings => {
      if (now?.doing._tag !== "Committing") return []
      const { seen, ring } = now.doing
      const by = { _tag: "Coordinator", term: own.term } as const
      const command = appended(cells, head, ring)
      return seen === head
        ? taking(
            setting,
            own,
            now,
            { _tag: "CommitDone", effective: true },
            [{ _tag: "Committed", by, at: command.at, metadata: ring }],
            [command.write]
          )
        : taking(setting, own, now, { _tag: "CommitDone", effective: false }, [
            { _tag: "CommitRefused", by, expected: seen, head }
          ])
    }
  )
}

/** The RPCs of a truncation go out; nobody asks here whether this coordinator still leads. */
const sends = (setting: Setting, own: GlobalCells): Rule<ClusterLabel> => {
  const { cells } = setting
  return on(
    `coordinator ${own.term} sends`,
    { actor: `coordinator ${own.term}`, fair: "weak", reads: [own.state, cells.session, cells.works] },
    (now, current, named): Firings =>
      now === null ? [] : taking(setting, own, now, { _tag: "Sent", current }, [], [], named)
  )
}

const hears = (setting: Setting, own: GlobalCells): Rule<ClusterLabel> =>
  on(
    `coordinator ${own.term} hears`,
    { actor: `coordinator ${own.term}`, fair: "weak", reads: [own.state, own.answers] },
    (now, answers): Firings =>
      now === null
        ? []
        : answers.flatMap((answer, position) =>
            answer._tag === "Command"
              ? taking(
                  setting,
                  own,
                  now,
                  { _tag: "Answered", node: answer.node, index: answer.index, reason: answer.reason },
                  [],
                  [remove(own.answers, position)]
                )
              : []
          )
  )

/** Failovers of the global track's coordinators. */
export const electionsOf = (cells: TopologyCells): Elections<GlobalCoordinator, ClusterLabel> => ({
  ...cells,
  coordinators: cells.global,
  begin: newCoordinator,
  label: (term) => ({ _tag: "Elected", term, node: cells.nodes[0]!.name })
})
