/** The cells of plain workers. */
import { NodeId, type Replica, type ShardId } from "../../../../spec/metadata.ts"
import type { TableId, ViewId } from "../../../../spec/view-building/ids.ts"
import type { Range } from "../../../../spec/view-building/memories/places.ts"
import { type Cell, register, view, write } from "../../../kernel/cell.ts"
import { bag } from "../../../kernel/channel.ts"
import { placeText } from "../../coordinator/state.ts"
import type { Bounds } from "../bounds.ts"
import { cleaned, type Data, noData, type Staged, type Stored, staging, storing } from "../data.ts"
import type { Call, StaffNode, StaffShard } from "../staff.ts"
import { afterWorkerOp, newWorker, type Worker, type WorkerOp } from "./worker.ts"

const mostMail = 8

type DataOp =
  | Data
  | { readonly keeps: ReadonlyArray<Stored> }
  | { readonly stages: Staged }
  | { readonly cleans: Range & { readonly base: TableId } }
  | "falls"

export interface PlainShard extends StaffShard {
  readonly worker: Cell<Worker, WorkerOp>
  readonly data: Cell<Data, DataOp>
}

export interface PlainNode extends StaffNode {
  readonly isUp: Cell<boolean, boolean>
  /** The node's own table of built views. */
  readonly built: Cell<ReadonlyArray<ViewId>, ReadonlyArray<ViewId>>
  readonly shards: ReadonlyArray<PlainShard>
}

const dataCell = (name: string): Cell<Data, DataOp> => ({
  name,
  init: noData,
  apply: (now, op) => {
    if (op === "falls") return { ...now, staging: now.staging.map((staged) => ({ ...staged, listed: false })) }
    if ("keeps" in op) return storing(now, op.keeps)
    if ("stages" in op) return staging(now, op.stages)
    return "cleans" in op ? cleaned(now, op.cleans.base, op.cleans) : op
  }
})

const plainShard = (replica: Replica): PlainShard => {
  const place = placeText(replica)
  const data = dataCell(`data at ${place}`)
  return {
    replica,
    place,
    worker: { name: `worker ${place}`, init: newWorker, apply: afterWorkerOp },
    calls: bag<Call>(`calls to ${place}`, mostMail),
    data,
    held: view(data, "whole", (now) => now),
    keeps: (rows) => (rows.length === 0 ? [] : [write(data, { keeps: rows })]),
    stages: (staged) => [write(data, { stages: { ...staged, listed: false } })],
    cleans: (base, { after, lastToken }) => [write(data, { cleans: { base, after, lastToken } })]
  }
}

export const plainNodes = (bounds: Bounds): ReadonlyArray<PlainNode> =>
  bounds.nodes.map((node): PlainNode => {
    const name = NodeId.make(node)
    const isUp = register(`${name} is up`, true)
    return {
      name,
      isUp,
      up: view(isUp, "whole", (now) => now),
      built: register<ReadonlyArray<ViewId>>(`built at ${name}`, []),
      shards: Array.from({ length: bounds.shards }, (_, s) => plainShard({ node: name, shard: s as ShardId }))
    }
  })
