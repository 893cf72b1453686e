/**
 * What a step looks like from outside, whether of one worker or of a whole cluster. Laws, stories, diagrams and adapters see
 * nothing else.
 *
 * All of it can be had from a running cluster: from what group 0 commits, and from what nodes log when they apply, call,
 * answer, start, read, write and give up. Time is told, not read: only what is said to have passed has passed.
 */
import { Schema } from "effect"
import { NodeId, Position, ShardId, Term } from "../metadata.ts"
import { ArrivalId, BatchId, CallId, SstableId, TableId, TaskId, Token, ViewId } from "./ids.ts"
import { BaseRow, CallAnswer, Change, Committer, Destination, Row } from "./messages.ts"
import { BuildingState, TaskType } from "./metadata.ts"

const onShard = { node: NodeId, shard: ShardId }
const tasks = Schema.Array(TaskId)

/** What a step of the building of views looks like from outside: group 0, calls, batches, data, staging, nodes, time. */
export const ViewBuildingLabel = Schema.TaggedUnion({
  // ---- group 0
  /** A node leads group 0 in a term. */
  Elected: { term: Term, node: NodeId },
  /** The coordinator of a term has stopped, or was told to: whatever it still waits for, nobody listens to. */
  CoordinatorStopped: { term: Term },
  /** Somebody may read group 0's state of a position and change it, if nobody else does before. */
  GuardTaken: { by: Committer, at: Position },
  /** A command was effective: this is what group 0 says from position `at` on. */
  Committed: { by: Committer, at: Position, change: Change, state: BuildingState },
  /** A command had no effect, for it was computed from another state than the last. */
  CommitRefused: { by: Committer, change: Change, expected: Position, head: Position },
  /** A commit came to nothing for another reason: time ran out, or there was no majority. */
  CommitFailed: { by: Committer, change: Change },
  /** A node has applied everything up to a position: its views, its tablets, and what its worker looks at. */
  Applied: { node: NodeId, at: Position },
  /** A node cannot apply a command, for it does not know what the command is about. */
  ApplyFailed: { node: NodeId, at: Position },
  /** One node has come to believe that another is up, or that it is not. */
  HostMarked: { by: NodeId, node: NodeId, alive: Schema.Boolean },
  // ---- calls: how the coordinator sees them
  CallSent: { term: Term, call: CallId, ...onShard, tasks },
  CallEnded: { term: Term, call: CallId, answer: CallAnswer },
  // ---- calls: how the worker sees them
  /** The term is missing in the variant of 2025. */
  CallArrived: { ...onShard, call: CallId, term: Schema.optionalKey(Term), tasks },
  /** The read barrier of a call is over. `term` is group 0's on this node, and the tasks are looked up at `at`. */
  BarrierEnded: { ...onShard, call: CallId, at: Position, term: Term },
  /** A call waits for a batch, whether it started it or found it running. */
  CallAttached: { ...onShard, call: CallId, batch: BatchId },
  CallAnswered: { ...onShard, call: CallId, answer: CallAnswer },
  // ---- batches
  /** A shard sets out to do some tasks of one tablet. `call` is whose, null where nobody asked (the variant of 2025). */
  BatchBegan: {
    ...onShard,
    batch: BatchId,
    call: Schema.NullOr(CallId),
    type: TaskType,
    base: TableId,
    lastToken: Token,
    tasks
  },
  /** Tasks of a batch are gone or aborted, and it goes on without them. */
  TasksDropped: { ...onShard, batch: BatchId, tasks },
  /**
   * A batch has chosen what it reads: of the tokens after `after` up to `lastToken`, for these tasks.
   *
   * `on` is the shard that does it. `sstables` is what is taken from staging, `rows` is what was found.
   */
  AttemptBegan: {
    ...onShard,
    batch: BatchId,
    on: ShardId,
    tasks,
    after: Schema.NullOr(Token),
    lastToken: Token,
    sstables: Schema.Array(SstableId),
    rows: Schema.Array(BaseRow)
  },
  /** Every replica of a view has acknowledged rows. `batch` is null where they come of a write to the base. */
  ViewWritten: { ...onShard, batch: Schema.NullOr(BatchId), view: ViewId, rows: Schema.Array(Row) },
  /** An attempt is over. Where it is not ok, the batch tries again later. */
  AttemptEnded: { ...onShard, batch: BatchId, ok: Schema.Boolean },
  /** A batch is over: the tasks that are left in it are done, or none is where it was aborted. */
  BatchEnded: { ...onShard, batch: BatchId, how: Schema.Literals(["done", "aborted"]) },
  // ---- what a batch reads
  /** A shard's memtable of a base goes to disk, with what is in it by now. */
  FlushBegan: { ...onShard, base: TableId },
  /** `views` is what the shard holds to be flushed for from now on. */
  FlushEnded: { ...onShard, base: TableId, views: Schema.Array(ViewId) },
  /** Rows set out for a shard's data of a base. `views` is what they are sent on to: those that this shard knew of at that time. */
  ArrivalBegan: {
    ...onShard,
    arrival: ArrivalId,
    base: TableId,
    rows: Schema.Array(BaseRow),
    views: Schema.Array(ViewId),
    to: Destination
  },
  /** They have come, and were sent on. `sstable` is null for those in a memtable. */
  ArrivalEnded: { ...onShard, arrival: ArrivalId, sstable: Schema.NullOr(SstableId) },
  /** A base was truncated, and its views with it. */
  Truncated: { base: TableId },
  /** A shard dropped its data of some tokens of a base. */
  TabletCleaned: { ...onShard, base: TableId, after: Schema.NullOr(Token), lastToken: Token },
  // ---- staging sstables
  /** A staging sstable waits to be registered for its owner's shard. `lastToken` is of the tablet that it is thought to belong to. */
  StagingQueued: { ...onShard, sstable: SstableId, lastToken: Token },
  /** It is on the list of its shard, for whatever batch comes with this task. */
  StagingListed: { ...onShard, sstable: SstableId, task: TaskId },
  /** It left staging: its view updates were made. */
  SstableProcessed: { ...onShard, sstable: SstableId },
  /** An sstable on disk was written anew, as it was, under another name. */
  SstableReplaced: { ...onShard, sstable: SstableId, by: SstableId },
  /** A node that came back knows all staging sstables that are on its disk. */
  Discovered: { node: NodeId },
  // ---- nodes
  /** What a node's own table of built views says from now on. */
  BuiltViewsWritten: { node: NodeId, views: Schema.Array(ViewId) },
  /** A node's worker was told to stop, and has. */
  Drained: { node: NodeId },
  /** A node lost everything that it had not on disk. */
  Stopped: { node: NodeId },
  /** It came back. */
  Restarted: { node: NodeId },
  // ---- time
  Elapsed: { ms: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)) }
})
export type ViewBuildingLabel = typeof ViewBuildingLabel.Type
