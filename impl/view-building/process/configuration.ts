/** What a node's process is told when it starts. */
import { Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"
import { ClockReading } from "../../runtime/lamport-clock.ts"

const path = Schema.String.check(Schema.isNonEmpty())

export const NodeConfiguration = Schema.Struct({
  self: NodeId,
  shards: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 })),
  host: Schema.String,
  /** The file that labels are appended to. */
  journal: path,
  /** The directory of the node's data. */
  store: path,
  /** The logical time at which the process is started: it tells one start of the node from another. */
  clock: ClockReading
})
export type NodeConfiguration = typeof NodeConfiguration.Type
