/** What may go wrong, each a budget: broken connections, messages that come twice, restarts, and nodes that die for good. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import {
  leavingReplica,
  type Metadata,
  type Position,
  pendingReplica,
  type Replica,
  type Tablet,
  type Version
} from "../../../spec/sessions/metadata.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import { type Bounds, trusting } from "./bounds.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { taking } from "./coordinator-rules.ts"
import { waitingFor } from "./coordinator-state.ts"
import { arrived } from "./mail.ts"
import { type Node, newNode } from "./node-state.ts"
import { ending, told } from "./operation-rules.ts"
import { restarted, type Shard } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

type Firings = ReadonlyArray<Firing<ClusterLabel>>

/** The rules of those faults that the bounds allow. */
export const faultRules = (
  cells: ClusterCells,
  variant: Variant,
  bounds: Bounds
): ReadonlyArray<Rule<ClusterLabel>> => [
  ...(bounds.breaks > 0 ? everywhere(cells, (own, node) => breaksCall(cells, variant, own, node)) : []),
  ...(bounds.streamBreaks > 0 ? cells.nodes.map((node) => breaksStream(cells, node)) : []),
  ...(bounds.repeats > 0 ? cells.nodes.map((node) => repeats(cells, node)) : []),
  ...(bounds.restarts > 0 ? cells.nodes.map((node) => restarts(cells, variant, node)) : []),
  ...(bounds.fullDisks > 0 ? cells.nodes.map((node) => fills(cells, node)) : []),
  ...(bounds.exclusions > 0 ? everywhere(cells, (own, node) => learnsOfDeath(cells, variant, bounds, own, node)) : []),
  ...(bounds.exclusions > 0
    ? cells.nodes.flatMap((node) => [
        dies(cells, node),
        excludes(cells, bounds, node),
        losesSource(cells, bounds, node)
      ])
    : [])
]

const everywhere = (
  cells: ClusterCells,
  rule: (own: CoordinatorCells, node: NodeCells) => Rule<ClusterLabel>
): ReadonlyArray<Rule<ClusterLabel>> => cells.coordinators.flatMap((own) => cells.nodes.map((node) => rule(own, node)))

type CoordinatorCells = ClusterCells["coordinators"][number]

const broke = (from: string, to: string): ClusterLabel => ({ _tag: "ConnectionBroke", from, to })

/** The connection between a coordinator and a node breaks. What the node was asked for goes on there. */
const breaksCall = (cells: ClusterCells, variant: Variant, own: CoordinatorCells, node: NodeCells) =>
  on(
    `connection of coordinator ${own.term} to ${node.name} breaks`,
    { actor: "network", fair: "none", reads: [own.state, cells.mayBreak] },
    (now, left): Firings =>
      now === null || left === 0 || !asksOf(now, node.name)
        ? []
        : taking(
            cells,
            variant,
            own,
            now,
            { _tag: "ConnectionBroke", node: node.name },
            [broke(`coordinator ${own.term}`, node.name)],
            [write(cells.mayBreak, "spend")]
          )
  )

type State = CoordinatorCells["state"]["init"]

/** Whether a coordinator waits for an answer of a node. */
const asksOf = (now: NonNullable<State>, node: string): boolean =>
  now.barrier?.waiting.some((waiting) => waiting === node) === true ||
  waitingFor(now).some((asked) => asked.node === node)

/** Connections to a node that is dead and declared so are over for good (F4). */
const learnsOfDeath = (cells: ClusterCells, variant: Variant, bounds: Bounds, own: CoordinatorCells, node: NodeCells) =>
  on(
    `coordinator ${own.term} gives up on ${node.name}`,
    { actor: "network", fair: trusting(bounds, "F4"), reads: [own.state, node.node, cells.head] },
    (now, state, { metadata }): Firings =>
      now === null || state.up || !metadata.ignored.includes(node.name) || !asksOf(now, node.name)
        ? []
        : taking(cells, variant, own, now, { _tag: "ConnectionBroke", node: node.name }, [
            broke(`coordinator ${own.term}`, node.name)
          ])
  )

/** A stream fails at its receiver. What was sent of it may be lost, still be on its way, or be in the hands of a reader. */
const breaksStream = (cells: ClusterCells, node: NodeCells) =>
  on(
    `a stream to ${node.name} breaks`,
    { actor: "network", fair: "none", reads: [node.node, arrived(node, "Rows"), cells.mayBreakStream] },
    (state, mail, left): Firings =>
      left === 0
        ? []
        : state.running
            .filter(({ awaits }) => awaits !== null && awaits.length > 0)
            .flatMap((running) => {
              const { labels, writes } = ending(cells, node, state, running, "StreamFailed")
              const survives: Firing<ClusterLabel> = {
                labels: [broke("source", node.name), ...labels],
                writes: [...writes, write(cells.mayBreakStream, "spend")]
              }
              const lost = mail
                .filter(({ message }) => running.awaits?.includes(message.work))
                .map(({ position }) => ({ ...survives, writes: [...survives.writes, remove(node.mail, position)] }))
              return [survives, ...lost]
            })
  )

/** A stream whose other end is dead and declared so never ends by itself. */
const losesSource = (cells: ClusterCells, bounds: Bounds, node: NodeCells) =>
  on(
    `${node.name} gives up on a stream`,
    {
      actor: "network",
      fair: trusting(bounds, "F4"),
      reads: [node.node, cells.head, ...cells.nodes.map((other) => other.node)]
    },
    (state, { metadata }, ...others): Firings =>
      state.running
        .filter(({ awaits }) => awaits !== null && awaits.length > 0)
        .filter(({ needs }) =>
          cells.nodes.some(({ name }, k) => needs.includes(name) && !others[k]!.up && metadata.ignored.includes(name))
        )
        .map((running) => ending(cells, node, state, running, "StreamFailed"))
  )

/** A message is delivered once more than it was sent. */
const repeats = (cells: ClusterCells, node: NodeCells) =>
  on(
    `a message to ${node.name} comes twice`,
    { actor: "network", fair: "none", reads: [node.mail, cells.mayRepeat] },
    (mail, left): Firings =>
      left === 0
        ? []
        : mail.map((message) => ({ labels: [], writes: [push(node.mail, message), write(cells.mayRepeat, "spend")] }))
  )

/** Everything of a node that is not on disk is gone, and its connections break: whoever it was doing something for is told. */
export const fallen = (
  cells: ClusterCells,
  node: NodeCells,
  state: Node,
  up: boolean,
  shards: ReadonlyArray<Shard>
): ReadonlyArray<Write> => [
  write(node.node, { ...newNode, up }),
  write(node.works, []),
  ...node.shards.map(({ shard }, k) => write(shard, restarted(shards[k]!))),
  ...told(cells, [...state.triggers, ...state.running.flatMap(({ calls }) => calls)], "Disconnected"),
  ...state.commands.map(({ term, index }) =>
    push(cells.coordinators.find((known) => known.term === term)!.answers, {
      _tag: "Command",
      node: node.name,
      index,
      reason: "Disconnected"
    })
  )
]

const restarts = (cells: ClusterCells, variant: Variant, node: NodeCells) =>
  on(
    `${node.name} restarts`,
    { actor: "fault", fair: "none", reads: [node.node, cells.mayRestart, ...node.shards.map(({ shard }) => shard)] },
    (state, left, ...shards): Firings =>
      left === 0 || !state.up
        ? []
        : [
            {
              labels: [{ _tag: "Restarted", node: node.name, ...allocated(variant, node, shards[0]!) }],
              writes: [...fallen(cells, node, state, true, shards), write(cells.mayRestart, "spend")]
            }
          ]
  )

/** What a node that starts makes room for, by the metadata that it has on disk, although it has dropped it. */
const allocated = ({ storageAtStart }: Variant, node: NodeCells, { metadata }: Shard) => {
  if (storageAtStart === "notOnceCleaned") return {}
  const over = metadata.tablets.flatMap((tablet) => {
    const dropped = droppedReplica(tablet)
    return dropped?.node === node.name ? [{ shard: dropped.shard, tablet: tablet.tablet }] : []
  })
  return over.length === 0 ? {} : { allocated: over }
}

/** A replica that has cleaned up, and is not to have the tablet any more once its transition ends. */
const droppedReplica = (tablet: Tablet): Replica | undefined =>
  tablet.transition?.stage === "end_migration"
    ? leavingReplica(tablet)
    : tablet.transition?.stage === "revert_migration"
      ? pendingReplica(tablet)
      : undefined

const dies = (cells: ClusterCells, node: NodeCells) =>
  on(
    `${node.name} dies`,
    { actor: "fault", fair: "none", reads: [node.node, cells.mayExclude, ...node.shards.map(({ shard }) => shard)] },
    (state, left, ...shards): Firings =>
      left === 0 || !state.up
        ? []
        : [
            {
              labels: [{ _tag: "Stopped", node: node.name }],
              writes: [...fallen(cells, node, state, false, shards), write(cells.mayExclude, "spend")]
            }
          ]
  )

/** The operator declares a dead node dead (F6). */
const excludes = (cells: ClusterCells, bounds: Bounds, node: NodeCells) =>
  on(
    `operator excludes ${node.name}`,
    { actor: "operator", fair: trusting(bounds, "F6"), reads: [node.node, cells.head] },
    ({ up }, { at, metadata }): Firings => {
      if (up || metadata.ignored.includes(node.name)) return []
      const version = (metadata.version + 1) as Version
      const changed: Metadata = { ...metadata, version, ignored: [...metadata.ignored, node.name].sort() }
      return [
        {
          labels: [{ _tag: "Committed", by: { _tag: "Operator" }, at: (at + 1) as Position, metadata: changed }],
          writes: [write(cells.group0, { commit: changed })]
        }
      ]
    }
  )

/** A disk is full, and nothing that is streamed to it finds room. */
const fills = (cells: ClusterCells, node: NodeCells) =>
  on(
    `the disk of ${node.name} fills`,
    { actor: "fault", fair: "none", reads: [cells.full, cells.mayFill] },
    (full, left): Firings =>
      left === 0 || full.includes(node.name)
        ? []
        : [{ labels: [], writes: [write(cells.full, [...full, node.name].sort()), write(cells.mayFill, "spend")] }]
  )
