/** The cells of workers as they are. */
import { NodeId, type Position, type ShardId } from "../../../../spec/metadata.ts"
import type { TableId } from "../../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../../spec/view-building/messages.ts"
import { type Cell, view, write } from "../../../kernel/cell.ts"
import { bag, type Channel } from "../../../kernel/channel.ts"
import { placeText } from "../../coordinator/state.ts"
import { type Node, type NodeOp, newNode, nodeCell } from "../../worker/node.ts"
import type { SiteShard } from "../../worker/site.ts"
import { shardCell } from "../../worker/state.ts"
import { type Memtable, type Store, storeCell } from "../../worker/store.ts"
import type { WorkerVariant } from "../../worker/variant.ts"
import type { Bounds } from "../bounds.ts"
import { firstSaid } from "../cells.ts"
import type { Data, Stored } from "../data.ts"
import type { Call, StaffNode, StaffShard } from "../staff.ts"

const mostMail = 8

export interface WorkerShard extends StaffShard, SiteShard {}

export interface WorkerNode extends StaffNode {
  readonly node: Cell<Node, NodeOp>
  readonly shards: ReadonlyArray<WorkerShard>
}

/** What others see of a shard's data. */
const dataIn = ({ sstables }: Store): Data => ({
  rows: sstables.flatMap(({ base, rows, staging }) => (staging ? [] : rows.map((row) => ({ base, row })))),
  staging: sstables.flatMap(({ sstable, base, rows, staging }) =>
    staging ? rows.map((row) => ({ base, row, sstable, listed: false })) : []
  )
})

const byBase = (rows: ReadonlyArray<Stored>): ReadonlyArray<Memtable> => {
  const bases = [...new Set(rows.map(({ base }) => base))]
  const of = (base: TableId): ReadonlyArray<BaseRow> => rows.filter((one) => one.base === base).map(({ row }) => row)
  return bases.map((base) => ({ base, rows: of(base) }))
}

const workerShard = (name: NodeId, id: ShardId, node: Cell<Node, NodeOp>, { cleansUp }: WorkerVariant): WorkerShard => {
  const replica = { node: name, shard: id }
  const place = placeText(replica)
  const calls: Channel<Call> = bag(`calls to ${place}`, mostMail)
  const [shard, store] = [shardCell(`shard ${place}`, name, id), storeCell(`store ${place}`)]
  return {
    id,
    replica,
    place,
    calls,
    shard,
    store,
    held: view(store, "what others see", dataIn),
    keeps: (rows) => (rows.length === 0 ? [] : [write(store, { keeps: byBase(rows) })]),
    stages: ({ base, row, sstable }, lastToken) => [
      write(store, { stages: { sstable, base, rows: [row], staging: true } }),
      ...(lastToken === null
        ? []
        : [write(node, { queues: { sstable, base, shard: id, token: row.token, lastToken } })])
    ],
    cleans: (base, { after, lastToken }) => {
      const part = { base, after, lastToken }
      return [
        write(store, { cleans: part }),
        write(shard, { forgets: part }),
        write(node, { forgets: part, on: id, cleansUp })
      ]
    }
  }
}

export const workerNodes = (bounds: Bounds, variant: WorkerVariant): ReadonlyArray<WorkerNode> =>
  bounds.nodes.map((text): WorkerNode => {
    const name = NodeId.make(text)
    const node = nodeCell(`node ${name}`, newNode(name, 0 as Position, firstSaid(bounds).state))
    const shards = Array.from({ length: bounds.shards }, (_, s) => workerShard(name, s as ShardId, node, variant))
    return { name, node, up: view(node, "is up", ({ up }) => up), shards }
  })
