/** A node does what a coordinator commands: a read barrier, the checks, and then waiting for what is old. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { CommandIndex, type Reason } from "../../../spec/sessions/messages.ts"
import type { Position } from "../../../spec/sessions/metadata.ts"
import { view, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells, ShardCells } from "./cells.ts"
import { drainOf, holdsOld, refusalOf, withCommand, withoutCommand } from "./commands.ts"
import { arrived } from "./mail.ts"
import type { Handling, Node } from "./node-state.ts"
import { asking, forgetting } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

export const commandRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => [
  takes(cells, variant, node),
  passes(cells, variant, node),
  ...node.shards.map((shard) => drains(variant, node, shard)),
  finishes(cells, node)
]

/** The node without a command in hand, and the answer on its way to the coordinator that asked. */
const answering = (
  cells: ClusterCells,
  node: NodeCells,
  state: Node,
  handling: Handling,
  reason: Reason | null
): Firing<ClusterLabel> => {
  const { term, index } = handling
  const to = cells.coordinators.find((known) => known.term === term)!
  return {
    labels: [{ _tag: "CommandAnswered", node: node.name, term, index: CommandIndex.make(index), reason }],
    writes: [
      write(node.node, withoutCommand(state, handling)),
      push(to.answers, { _tag: "Command", node: node.name, index, reason })
    ]
  }
}

/** A command arrives, and its read barrier begins: what is committed by now must be applied before it is looked at. */
const takes = (cells: ClusterCells, variant: Variant, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} takes a command`,
    { actor: node.name, fair: "weak", reads: [node.node, arrived(node, "Command"), cells.position] },
    (state, mail, head): Firings =>
      (state.up && !state.stopping ? mail : []).map(({ message: { term, index, command }, position }) => {
        const needs = variant.readBarrier === "never" ? (0 as Position) : head
        const handling: Handling = { term, index, command, needs, version: null, drains: [] }
        return {
          labels: [],
          writes: [remove(node.mail, position), write(node.node, { ...state, commands: [...state.commands, handling] })]
        }
      })
  )

/** The read barrier is over: the term and the index decide whether the command is done. */
const passes = (cells: ClusterCells, variant: Variant, node: NodeCells): Rule<ClusterLabel> => {
  const known = node.shards.map(({ shard }) =>
    view(shard, "position and version", ({ at, loaded, metadata }) => ({ at, loaded, version: metadata.version }))
  )
  return on(
    `${node.name} passes a read barrier`,
    { actor: node.name, fair: "weak", reads: [node.node, cells.term, ...known] },
    (state, term, first, ...others): Firings => {
      const shards = [first!, ...others]
      const ready = ({ version, needs }: Handling): boolean =>
        version === null && shards.every(({ at, loaded }) => loaded && (variant.readBarrier !== "first" || at >= needs))
      return state.commands.filter(ready).map((handling) => {
        const refused = refusalOf(variant, state, handling, term)
        if (refused !== null) return answering(cells, node, state, handling, refused)
        const index = CommandIndex.make(handling.index)
        const accepted: Node = { ...state, accepted: { term: handling.term, index: handling.index } }
        const { version, at } = shards[0]!
        const label: ClusterLabel = { _tag: "CommandAccepted", node: node.name, term: handling.term, index, at }
        const moved = shards.some((shard) => shard.version !== version)
        if (handling.command === "barrier_and_drain" && !moved)
          return {
            labels: [label],
            writes: [write(node.node, withCommand(accepted, handling, { ...handling, version }))]
          }
        // A plain barrier is done by its read barrier; one that finds metadata moving leaves it to a retry.
        const { labels, writes } = answering(
          cells,
          node,
          accepted,
          handling,
          handling.command === "barrier" ? null : "VersionChanged"
        )
        return { labels: [label, ...labels], writes }
      })
    }
  )
}

/** A shard is rid of older versions, and begins to wait for the guards of closing sessions. */
const drains = (variant: Variant, node: NodeCells, own: ShardCells): Rule<ClusterLabel> =>
  on(
    `${node.name}.${own.id} drains`,
    { actor: node.name, fair: "weak", reads: [node.node, own.shard] },
    (state, shard): Firings =>
      state.commands
        .filter(
          ({ version, drains }) =>
            version !== null && !drains.includes(own.id) && !holdsOld(variant, version, shard.pins, state, own.id === 0)
        )
        .map((handling) => {
          const drain = drainOf(handling)
          const asked =
            variant.waitsFor === "versions"
              ? { shard: { ...shard, drained: [...shard.drained, drain].sort() }, forgotten: [] }
              : asking(variant, shard, { _tag: "Drain", drain })
          return {
            labels: forgetting(node.name, own.id, asked),
            writes: [
              write(own.shard, asked.shard),
              write(
                node.node,
                withCommand(state, handling, { ...handling, drains: [...handling.drains, own.id].sort() })
              )
            ]
          }
        })
  )

/** Every shard has drained, and has applied what was committed when the command came. */
const finishes = (cells: ClusterCells, node: NodeCells): Rule<ClusterLabel> =>
  on(
    `${node.name} finishes a command`,
    {
      actor: node.name,
      fair: "weak",
      reads: [
        node.node,
        ...node.shards.map(({ shard }) => view(shard, "drained up to", ({ at, drained }) => ({ at, drained })))
      ]
    },
    (state, ...shards): Firings =>
      state.commands
        .filter((handling) =>
          shards.every(({ at, drained }) => at >= handling.needs && drained.includes(drainOf(handling)))
        )
        .map((handling) => {
          const { labels, writes } = answering(cells, node, state, handling, null)
          const heard = node.shards.map(({ shard }) => write(shard, { heard: drainOf(handling) }))
          return { labels, writes: [...writes, ...heard] }
        })
  )
