/** What goes wrong with a node, and how it ends: it falls and comes back, it is drained; and coordinators change. */
import { sameReplica, type Term } from "../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { type Rule, rulesOf } from "../../kernel/system.ts"
import type { WorkerBounds } from "./bounds.ts"
import type { ShardCells, WorkerCells } from "./cells.ts"
import { fallen, type Node, type Queued } from "./node.ts"
import { home } from "./scene.ts"
import { type Firings, puts } from "./shard-firing.ts"
import { freshShard } from "./state.ts"
import { stagingOn } from "./storage-rules.ts"
import { afterRestart, type Store } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"

const on = rulesOf<ViewBuildingLabel>()

export const faultRules = (
  cells: WorkerCells,
  bounds: WorkerBounds,
  variant: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...(bounds.failovers > 0 ? [failsOver(cells)] : []),
  ...(bounds.restarts > 0 ? [restarts(cells, variant)] : []),
  ...(bounds.drains > 0 ? [...cells.shards.map((own) => drains(cells, own, variant)), isDrained(cells, variant)] : [])
]

/** Another coordinator begins. It knows nothing of what the last one was told. */
const failsOver = (cells: WorkerCells) =>
  on(
    "another coordinator is elected",
    { actor: "group 0", fair: "none", reads: [cells.term, cells.desk, cells.mayFailOver] },
    (term, desk, left): Firings => {
      if (left === 0) return []
      const next = (term + 1) as Term
      return [
        {
          labels: [{ _tag: "Elected", term: next, node: home }],
          writes: [
            write(cells.group0, "elect"),
            write(cells.desk, { ...desk, term: next, finished: [] }),
            write(cells.mayFailOver, "spend")
          ]
        }
      ]
    }
  )

/** W9 and W10: all that is not on disk is lost, and what is in staging there is found. */
const restarts = (cells: WorkerCells, variant: WorkerVariant) =>
  on(
    "the node falls and comes back",
    {
      actor: home,
      fair: "none",
      reads: [cells.node, cells.desk, cells.mayRestart, ...cells.shards.map(({ store }) => store)]
    },
    (node, desk, left, ...stores): Firings => {
      if (left === 0 || node.at === 0) return []
      const found = cells.shards.flatMap((own, k) => discovered(own, stores[k]!, node, variant))
      const queue = found.flatMap(({ entry, task }) => (task === null ? [entry] : []))
      return [
        {
          labels: [
            { _tag: "Stopped", node: home },
            { _tag: "Restarted", node: home },
            ...found.map(
              ({ entry: { sstable, shard, lastToken }, task }): ViewBuildingLabel =>
                task === null
                  ? { _tag: "StagingQueued", node: home, shard, sstable, lastToken }
                  : { _tag: "StagingListed", node: home, shard, sstable, task }
            ),
            { _tag: "Discovered", node: home }
          ],
          writes: [
            write(cells.node, { ...fallen(node), queue }),
            write(cells.desk, { ...desk, out: [] }),
            write(cells.mayRestart, "spend"),
            ...cells.shards.flatMap(({ id, shard, store }, k): ReadonlyArray<Write> => {
              const listed = found.flatMap(({ entry, task }) => (task === null || entry.shard !== id ? [] : [entry]))
              return [
                write(store, afterRestart(stores[k]!)),
                write(shard, {
                  ...freshShard(home, id),
                  listed: listed.map(({ sstable, base, token }) => ({ sstable, base, token }))
                })
              ]
            })
          ]
        }
      ]
    }
  )

interface Found {
  readonly entry: Queued
  /** The row that it is put to, null where it is queued. */
  readonly task: Node["started"][number] | null
}

const discovered = (own: ShardCells, store: Store, node: Node, { discovers }: WorkerVariant): ReadonlyArray<Found> =>
  stagingOn(own, store, node).map((entry) => {
    const table = tableOf(node.state, entry.base)
    const tablet = table === undefined ? undefined : tabletHolding(table, entry.token)
    const task = node.state.tasks.find(
      ({ type, base, replica, lastToken }) =>
        type === "process_staging" &&
        base === entry.base &&
        lastToken === tablet?.lastToken &&
        sameReplica(replica, { node: home, shard: own.id })
    )
    return { entry, task: discovers === "queues" || task === undefined ? null : task.id }
  })

/** W11 on one shard. */
const drains = (cells: WorkerCells, own: ShardCells, variant: WorkerVariant) =>
  on(
    `${own.id} is drained`,
    { actor: home, fair: "none", reads: [cells.mayDrain, cells.node, cells.desk, own.shard, own.store] },
    (left, node, desk, shard, store): Firings =>
      left === 0 || node.at === 0 || shard.drained
        ? []
        : puts(cells, own, { shard, store, desk }, { _tag: "Drains" }, variant)
  )

/** Every shard is. The observer and the registrator have come to an end too. */
const isDrained = (cells: WorkerCells, variant: WorkerVariant) =>
  on(
    "the node is drained",
    {
      actor: home,
      fair: "none",
      reads: [cells.mayDrain, cells.node, ...cells.shards.map(({ shard }) => shard)]
    },
    (left, node, ...shards): Firings =>
      left === 0 ||
      node.at === 0 ||
      node.drained ||
      !(variant.drain === "leavesAlone" || shards.every(({ drained }) => drained))
        ? []
        : [
            {
              labels: [{ _tag: "Drained", node: home }],
              writes: [write(cells.mayDrain, "spend"), write(cells.node, { ...node, drained: true, registering: null })]
            }
          ]
  )
