/** What an operator, a client or a test asks of a running node, and what it is told. */
import { Schema } from "effect"
import { SessionId } from "../../spec/sessions/ids.ts"
import { RequestId, Row } from "../../spec/sessions/messages.ts"
import { Metadata, NodeId, Position, Replica, ShardId, TabletId } from "../../spec/sessions/metadata.ts"
import { Address } from "../runtime/wire/address.ts"
import { InjectionName } from "./injections-default.ts"

/** How many replicas must have answered before a request is acknowledged. */
export const Consistency = Schema.Literals(["ONE", "QUORUM", "ALL"])
export type Consistency = typeof Consistency.Type

/** What a test does with an error injection. */
export const InjectionAction = Schema.Literals(["enable", "enable-once", "disable", "message", "query"])
export type InjectionAction = typeof InjectionAction.Type

const ringChange = {
  node: NodeId,
  /** Who owns the ring's range afterwards. */
  owners: Schema.Array(NodeId),
  /** Whether data is moved by repair instead of by streaming. */
  byRepair: Schema.Boolean
}

const forNode = {
  /** The operator moves a tablet. Done once group 0 holds the transition. */
  MigrateTablet: { tablet: TabletId, from: Replica, to: Replica },
  /** The operator starts a repair. Done once group 0 holds the transition. */
  Repair: { tablet: TabletId },
  /** The operator replaces a lost replica, from one that was repaired first or from all; without `to` the tablet has one less. */
  Rebuild: {
    tablet: TabletId,
    lost: Replica,
    to: Schema.NullOr(Replica),
    kind: Schema.Literals(["rebuild", "rebuild_v2"])
  },
  /** The operator restores a tablet from the backup. Done once group 0 holds the transition. */
  Restore: { tablet: TabletId },
  /** The operator truncates a tablet, or the ring's range. Done once every replica has done so, and nothing of it can be going on. */
  Truncate: { tablet: TabletId },
  /** The operator has every replica keep a snapshot of a tablet, or of the ring's range. Done like a truncation. */
  Snapshot: { tablet: TabletId },
  /** A node becomes a member. Done once it owns the ring's range, like all of the following; failed once all is as it was. */
  Join: ringChange,
  /** A member hands over what it owns of the ring, and is none any more. */
  Leave: ringChange,
  /** A member that was declared dead is none any more; who gets its range takes it from the others. */
  Remove: ringChange,
  /** An owner takes from the others what it may have lost. */
  RebuildNode: { node: NodeId, byRepair: Schema.Boolean },
  /** The operator gives up a repair or a restore: its session goes, its stage stays. */
  Abort: { tablet: TabletId },
  /** The operator declares a node dead. */
  Exclude: { node: NodeId },
  /** Whether the coordinator may start transitions by itself. */
  SetBalancing: { enabled: Schema.Boolean },
  /** Forgets, on all shards of this node, tombstones below `before` that the last repair of the tablet has brought to every replica. */
  Purge: { tablet: TabletId, before: Schema.Int },
  /** A client's requests, with this node as their coordinator. */
  Write: { request: RequestId, tablet: TabletId, row: Row, consistency: Consistency },
  Read: { request: RequestId, tablet: TabletId, key: Schema.String, consistency: Consistency },
  /** What this node has applied, and the rows of every shard. */
  Dump: {}
}

/** What a node answers itself, in a process of its own or not. */
export const NodeCommand = Schema.TaggedUnion(forNode)
export type NodeCommand = typeof NodeCommand.Type

/** Everything that a node's process answers. What is not for the node concerns the parts that it was built from. */
export const ControlCommand = Schema.TaggedUnion({
  ...forNode,
  /** Where group 0 and the other nodes are now. The first one lets the node start. */
  Addresses: { group0: Address, nodes: Schema.Record(Schema.String, Address) },
  /** Breaks every connection to and from a node. */
  KillConnections: { host: NodeId },
  Inject: { action: InjectionAction, name: InjectionName },
  /** Stops the node in good order and ends its process. */
  Shutdown: {}
})
export type ControlCommand = typeof ControlCommand.Type

export const ControlAnswer = Schema.TaggedUnion({
  Done: {},
  /** A client's request is over. `rows` is what a read returned; `ok` is false if too few replicas answered. */
  RequestEnded: { ok: Schema.Boolean, rows: Schema.Array(Row) },
  Dumped: {
    at: Position,
    metadata: Metadata,
    shards: Schema.Array(
      Schema.Struct({
        shard: ShardId,
        tablets: Schema.Array(Schema.Struct({ tablet: TabletId, rows: Schema.Array(Row) })),
        /** In the order in which they were taken. */
        snapshots: Schema.Array(Schema.Struct({ tablet: TabletId, session: SessionId, rows: Schema.Array(Row) }))
      })
    )
  },
  /** How often an injection's place was reached while it was enabled. */
  Reached: { times: Schema.Int },
  /** It did not happen, or nobody knows whether it did: `why` says which. */
  Failed: { why: Schema.String }
})
export type ControlAnswer = typeof ControlAnswer.Type
