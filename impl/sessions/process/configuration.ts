/** What a process is told when it starts, as JSON in its only argument. */
import { Result, Schema } from "effect"
import { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import { ClockReading } from "../lamport-clock.ts"
import { complaint } from "../wire/complaint.ts"

const path = Schema.String.check(Schema.isNonEmpty())

export const NodeConfiguration = Schema.Struct({
  self: NodeId,
  shards: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 })),
  host: Schema.String,
  /** The file that labels are appended to. */
  journal: path,
  /** The directory of the node's data. */
  store: path,
  /** The logical time at which the process is started. */
  clock: ClockReading
})
export type NodeConfiguration = typeof NodeConfiguration.Type

export const Group0Configuration = Schema.Struct({
  host: Schema.String,
  journal: path,
  /** The file of the log. */
  log: path,
  /** Who may be a member, in the order in which they are preferred as leaders. */
  members: Schema.Array(NodeId),
  /** What a new log begins with. */
  first: Metadata,
  clock: ClockReading
})
export type Group0Configuration = typeof Group0Configuration.Type

/** Reads a process's configuration from its arguments. Throws with what is wrong in one sentence. */
export function readConfiguration<Configuration>(
  schema: Schema.Codec<Configuration, unknown>,
  argument: string | undefined
): Configuration {
  const decoded = Schema.decodeUnknownResult(Schema.fromJsonString(schema))(argument)
  if (Result.isSuccess(decoded)) return decoded.success
  throw new Error(`the first argument must be the configuration in JSON: ${complaint(decoded.failure)}`)
}
