/** Coordinators at work: each looks, commits, asks and hears, and one that was deposed may not have noticed yet. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { CommandIndex } from "../../../spec/sessions/messages.ts"
import type { Metadata, Version } from "../../../spec/sessions/metadata.ts"
import type { Elections } from "../../group0/elections.ts"
import { appended } from "../../group0/log.ts"
import { view, type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { outcome } from "../../kernel/role.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Bounds, trusting } from "./bounds.ts"
import type { ClusterCells } from "./cells.ts"
import { coordinator } from "./coordinator.ts"
import { type Coordinator, newCoordinator } from "./coordinator-state.ts"
import type { CoordinatorInput, CoordinatorOutput } from "./coordinator-words.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>
type CoordinatorCells = ClusterCells["coordinators"][number]

export const coordinatorRules = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds
): ReadonlyArray<Rule<ClusterLabel>> =>
  cells.coordinators.flatMap((own) => [
    looks(cells, variant, bounds, own),
    commits(cells, variant, bounds, own),
    commitsFence(cells, variant, own),
    hears(cells, variant, own)
  ])

/** What one input leads to, nothing where it is refused. `before` is seen, and `more` is written, besides. */
export const taking = (
  cells: ClusterCells,
  variant: Variant,
  own: CoordinatorCells,
  now: Coordinator,
  input: CoordinatorInput,
  before: ReadonlyArray<ClusterLabel> = [],
  more: ReadonlyArray<Write> = []
): Firings => {
  const answer = outcome(coordinator(variant, own.term).step(now, input))
  if (answer._tag === "Refused") return []
  const { state, outputs } = answer.next
  return [
    {
      labels: [...before, ...outputs.flatMap((output) => labelsOf(own, output))],
      writes: [...more, write(own.state, state), ...outputs.flatMap((output) => sent(cells, own, output))]
    }
  ]
}

const labelsOf = ({ term }: CoordinatorCells, output: CoordinatorOutput): ReadonlyArray<ClusterLabel> => {
  if (output._tag === "Trigger") return []
  const index = CommandIndex.make(output.index)
  return [{ ...output, term, index }]
}

const sent = (cells: ClusterCells, { term }: CoordinatorCells, output: CoordinatorOutput): ReadonlyArray<Write> => {
  const to = (name: string) => cells.nodes.find((node) => node.name === name)!.mail
  switch (output._tag) {
    case "Trigger": {
      const { call, operation, tablet, session = null } = output
      return [push(to(output.node), { _tag: "Trigger", term, call, operation, tablet, session })]
    }
    case "BarrierBegan": {
      const { index, command, targets } = output
      return targets.map((node) => push(to(node), { _tag: "Command", term, index, command }))
    }
    case "BarrierEnded":
      return []
  }
}

/** Takes the right to commit, if it leads, and makes a plan. Source: service/topology_coordinator.cc start_operation. */
const looks = (cells: ClusterCells, variant: Variant, bounds: Bounds, own: CoordinatorCells): Rule<ClusterLabel> =>
  on(
    `coordinator ${own.term} looks`,
    {
      actor: `coordinator ${own.term}`,
      fair: trusting(bounds, "F5"),
      reads: [own.state, cells.head, cells.term, cells.full]
    },
    (now, { at, metadata }, term, full): Firings =>
      now === null || term !== own.term ? [] : taking(cells, variant, own, now, { _tag: "Looked", at, metadata, full })
  )

/** Commits its plan; effective only if nothing was committed since it looked. */
const commits = (cells: ClusterCells, variant: Variant, bounds: Bounds, own: CoordinatorCells): Rule<ClusterLabel> =>
  on(
    `coordinator ${own.term} commits`,
    { actor: `coordinator ${own.term}`, fair: trusting(bounds, "F1"), reads: [own.state, cells.position] },
    (now, head): Firings => {
      if (now?.plan == null) return []
      const { seen, metadata } = now.plan
      const effective = seen === head || variant.commits === "blind"
      const by = { _tag: "Coordinator", term: own.term } as const
      const command = appended(cells, head, metadata)
      return effective
        ? taking(
            cells,
            variant,
            own,
            now,
            { _tag: "CommitDone", effective },
            [{ _tag: "Committed", by, at: command.at, metadata }],
            [command.write]
          )
        : taking(cells, variant, own, now, { _tag: "CommitDone", effective }, [
            { _tag: "CommitRefused", by, expected: seen, head }
          ])
    }
  )

/** Everybody has answered a barrier: requests older than it are fenced out. It holds the right to commit for this alone. */
const commitsFence = (cells: ClusterCells, variant: Variant, own: CoordinatorCells): Rule<ClusterLabel> => {
  const done = view(own.state, "barrier done", (now) =>
    now?.barrier?.waiting.length === 0 ? now.barrier.version : null
  )
  return on(
    `coordinator ${own.term} commits the fence`,
    { actor: `coordinator ${own.term}`, fair: "weak", reads: [own.state, done, cells.head, cells.term] },
    (now, version, { at, metadata }, term): Firings => {
      if (now === null || version === null || term !== own.term) return []
      const fenced: Metadata = {
        ...metadata,
        fence: fenceOf(variant, version, metadata.version)
      }
      const command = appended(cells, at, fenced)
      return taking(
        cells,
        variant,
        own,
        now,
        { _tag: "FenceDone" },
        [{ _tag: "Committed", by: { _tag: "Coordinator", term }, at: command.at, metadata: fenced }],
        [command.write]
      )
    }
  )
}

const fenceOf = ({ fenceVersion }: Variant, before: Version, now: Version): Version => {
  if (fenceVersion === "beforeSending") return before
  return fenceVersion === "atCommit" ? now : ((now + 1) as Version)
}

const hears = (cells: ClusterCells, variant: Variant, own: CoordinatorCells): Rule<ClusterLabel> =>
  on(
    `coordinator ${own.term} hears`,
    { actor: `coordinator ${own.term}`, fair: "weak", reads: [own.state, own.answers] },
    (now, answers): Firings =>
      now === null
        ? []
        : answers.flatMap((answer, position) =>
            taking(
              cells,
              variant,
              own,
              now,
              answer._tag === "Command"
                ? { _tag: "CommandAnswered", node: answer.node, index: answer.index, reason: answer.reason }
                : { _tag: "TriggerAnswered", call: answer.call, reason: answer.reason },
              [],
              [remove(own.answers, position)]
            )
          )
  )

/** Failovers of the cluster's coordinators. */
export const electionsOf = (cells: ClusterCells): Elections<Coordinator, ClusterLabel> => ({
  ...cells,
  begin: newCoordinator,
  label: (term) => ({ _tag: "Elected", term, node: cells.nodes[0]!.name })
})
