/**
 * What a step of a cluster looks like from outside. Laws, stories, diagrams and adapters see nothing else.
 *
 * All of it can be had from a running cluster: from what group 0 commits, and from what a node logs when it applies, admits,
 * refuses, writes, answers and forgets.
 */
import { Schema } from "effect"
import { SessionId } from "./ids.ts"
import { Command, CommandIndex, Committer, Operation, PaxosRound, Reason, RequestId, Row, WorkId } from "./messages.ts"
import { Metadata, NodeId, Position, ShardId, TabletId, Term, TopologyRequestId, Version } from "./metadata.ts"

const onShard = { node: NodeId, shard: ShardId }

/** What a step of a cluster looks like from outside: group 0, sessions, requests, storage, the ring's operations, crashes. */
export const ClusterLabel = Schema.TaggedUnion({
  // ---- group 0
  /** A command was effective: this is what group 0 says from position `at` on. */
  Committed: { by: Committer, at: Position, metadata: Metadata },
  /** A command had no effect, for it was computed from another state than the last. */
  CommitRefused: { by: Committer, expected: Position, head: Position },
  /** A node leads group 0 in a term. */
  Elected: { term: Term, node: NodeId },
  /** One shard went over to what group 0 said at `at`. `open` is every session that it admits work of, DEFAULT left out. */
  ShardCommitted: { ...onShard, at: Position, version: Version, fence: Version, open: Schema.Array(SessionId) },
  // ---- barriers
  /** A coordinator asks its targets for a barrier on behalf of some tablets. `version` is the topology's before anything is sent. */
  BarrierBegan: {
    term: Term,
    index: CommandIndex,
    command: Command,
    version: Version,
    targets: Schema.Array(NodeId),
    tablets: Schema.Array(TabletId)
  },
  /** A node's read barrier was over and the command passed the checks of term and index. */
  CommandAccepted: { node: NodeId, term: Term, index: CommandIndex, at: Position },
  /** `reason` is null when the command was done. */
  CommandAnswered: { node: NodeId, term: Term, index: CommandIndex, reason: Schema.NullOr(Reason) },
  BarrierEnded: { term: Term, index: CommandIndex, ok: Schema.Boolean },
  // ---- sessions
  /** Work was admitted: it holds a guard from now on. */
  Entered: { ...onShard, session: SessionId, work: WorkId },
  /** Work was turned away. */
  TurnedAway: { ...onShard, session: SessionId, work: WorkId, reason: Reason },
  /** Work released its guard. */
  Left: { ...onShard, session: SessionId, work: WorkId },
  /** A node or a coordinator sent work of a topology request to where it is to have its effect. */
  WorkSent: { by: Schema.String, request: TopologyRequestId, session: SessionId, work: WorkId },
  /** A shard forgot a session after a drain. */
  Forgotten: { ...onShard, session: SessionId },
  // ---- operations on tablets
  /** A node began an operation that a trigger asked for; `session` is the one that it will work under. */
  OperationBegan: {
    node: NodeId,
    operation: Operation,
    tablet: TabletId,
    session: Schema.NullOr(SessionId),
    /** Present where the trigger named another session than that. */
    asked: Schema.optionalKey(SessionId)
  },
  OperationEnded: { node: NodeId, operation: Operation, tablet: TabletId, reason: Schema.NullOr(Reason) },
  TriggerRefused: { node: NodeId, operation: Operation, tablet: TabletId, reason: Reason },
  /** Rows that were streamed or repaired under a session became part of a tablet's data on a shard. */
  Landed: { ...onShard, tablet: TabletId, session: SessionId, work: WorkId, rows: Schema.Array(Row) },
  /** A replica dropped its data of a tablet. */
  Cleaned: { ...onShard, tablet: TabletId },
  /** A replica dropped its data of a tablet on behalf of a truncation. */
  Truncated: { ...onShard, tablet: TabletId, session: SessionId, work: WorkId },
  /** A replica kept a snapshot of its data of a tablet. */
  Snapshotted: { ...onShard, tablet: TabletId, session: SessionId, work: WorkId },
  /** A replica forgot tombstones that all replicas had, and what they cover. */
  Purged: { ...onShard, tablet: TabletId, before: Schema.Int },
  // ---- requests of clients
  /** A node took a request of a client and routes it by its metadata of `version`, which it holds until the end. */
  RequestBegan: {
    request: RequestId,
    node: NodeId,
    version: Version,
    tablet: TabletId,
    key: Schema.String,
    /** The write, null for a read. */
    row: Schema.NullOr(Row),
    /** Whom the request goes to. */
    targets: Schema.Array(NodeId),
    /** Present for a conditional write: the value that it asks for, null for none. */
    condition: Schema.optionalKey(Schema.NullOr(Schema.String)),
    /** Present where a hint is sent: the write that it was kept of. */
    hint: Schema.optionalKey(RequestId)
  },
  /**
   * A replica did what a request asked for, or refused. `rows` is what a read found there, or what a fenced write has left.
   *
   * `round` is present for a conditional write: `rows` is then what it found as it promised, and what it wrote as it learned.
   */
  Served: {
    request: RequestId,
    ...onShard,
    fence: Version,
    rows: Schema.Array(Row),
    reason: Schema.NullOr(Reason),
    round: Schema.optionalKey(PaxosRound)
  },
  /**
   * A client learned how its request ended. `rows` is what a read returned, or what a conditional write found.
   *
   * `applied` is present where a conditional write succeeded: whether it found what it asks for, and was written.
   */
  RequestEnded: {
    request: RequestId,
    ok: Schema.Boolean,
    rows: Schema.Array(Row),
    applied: Schema.optionalKey(Schema.Boolean)
  },
  // ---- faults
  /** A node lost everything that it had not on disk, and came back. */
  Restarted: {
    node: NodeId,
    /** Present where it made room for tablets whose data it had dropped. */
    allocated: Schema.optionalKey(Schema.Array(Schema.Struct({ shard: ShardId, tablet: TabletId })))
  },
  Stopped: { node: NodeId },
  /** The connections between two ends broke. What was on its way may be lost; what had arrived goes on. */
  ConnectionBroke: { from: Schema.String, to: Schema.String }
})
export type ClusterLabel = typeof ClusterLabel.Type
