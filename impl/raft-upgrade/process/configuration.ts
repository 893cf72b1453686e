/** What processes are told when they start. */
import { Schema } from "effect"
import { NodeId } from "../../../spec/metadata.ts"
import { ClockReading } from "../../runtime/lamport-clock.ts"

const path = Schema.String.check(Schema.isNonEmpty())

const common = {
  host: Schema.String,
  /** The file that labels are appended to. */
  journal: path,
  /** The logical time at which the process is started. */
  clock: ClockReading,
  /** How many times as short every rest between two tries is as in a database. */
  haste: Schema.Finite.check(Schema.isGreaterThan(0))
}

export const NodeConfiguration = Schema.Struct({
  ...common,
  self: NodeId,
  /** A number that no other node has: names that it gives are made of it. */
  number: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1023 })),
  /** The directory of the node's data. */
  store: path,
  /** Whether group 0 is switched on. */
  supports: Schema.Boolean,
  /** The other nodes of a cluster that was there before, to which this one belongs; null for a node that is new. */
  peers: Schema.NullOr(Schema.Array(NodeId)),
  /** Whom a new node asks first. */
  contacts: Schema.Array(NodeId)
})
export type NodeConfiguration = typeof NodeConfiguration.Type

export const LeaderConfiguration = Schema.Struct({
  ...common,
  /** The file of what was agreed on. */
  log: path
})
export type LeaderConfiguration = typeof LeaderConfiguration.Type
