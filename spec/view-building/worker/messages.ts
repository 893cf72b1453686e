/**
 * The words of a view building worker on one shard: what happens to it, and what it does about that.
 *
 * Source: dossier `view-building.md` 2.3, 2.5 (W1 to W9, W11, O1) and 3.6; db/view/view_building_worker.cc. Whoever speaks them
 * holds everything that a worker waits for: group 0, the writes and streams on their way, the flush, the view replicas, and time.
 * So nothing that takes time is over before it was said to be.
 */
import { Schema } from "effect"
import { NodeId, Position, type Replica, ShardId, Term } from "../../metadata.ts"
import { CallId, SstableId, TableId, TaskId, Token, ViewId } from "../ids.ts"
import { CallAnswer } from "../messages.ts"
import { BuildingState, TaskType } from "../metadata.ts"

/** The shard that the worker is on. Tasks for another place are not its own. */
export const workerPlace: Replica = { node: NodeId.make("A"), shard: ShardId.make(0) }

/** What a worker goes by of what group 0 says. */
export const Known = Schema.Struct({
  processing: BuildingState.fields.processing,
  tasks: BuildingState.fields.tasks,
  tables: BuildingState.fields.tables
})
export type Known = typeof Known.Type

/** What may happen to a worker. */
export const WorkerInput = Schema.TaggedUnion({
  // ---- group 0
  /** Its node has applied what group 0 says, and this is what it knows from now on. Nobody has looked at the worker yet. */
  Applied: { at: Position, known: Known },
  /** Its node's observer looks at it (O1), and goes by what the node knows. Where the worker is busy he waits for his turn. */
  Observe: {},
  // ---- calls
  /** A coordinator of a term asks for some tasks (W1). No two calls that are in hand have the same name. */
  Call: { call: CallId, term: Term, tasks: Schema.Array(TaskId) },
  /** The read barrier that a call waits for is over (W2): this is group 0's term, and what was applied last is all that it says. */
  BarrierEnds: { call: CallId, at: Position, term: Term },
  // ---- the flush (W3)
  /** The writes and streams that it waits for have come. */
  ArrivalsEnd: {},
  FlushEnds: {},
  // ---- the batch (W5)
  /** Every view replica has acknowledged what the attempt wrote, now and to the end of it, or else one has not. */
  AttemptEnds: { ok: Schema.Boolean },
  /** So much time has passed since an attempt came to nothing that the batch tries again. */
  PauseEnds: {},
  /** A staging sstable comes to the shard's list, whose last token this is (R3). */
  List: { sstable: SstableId, base: TableId, token: Token },
  // ---- the end
  /** The worker is to stop for good (W11). */
  Drain: {},
  /** All that the worker has is lost, its list too. What its node has applied is not (W9). */
  Restart: {}
})
export type WorkerInput = typeof WorkerInput.Type

/** What a worker does, each because of the last input. */
export const WorkerOutput = Schema.TaggedUnion({
  // ---- calls
  /** A call waits for group 0's read barrier. */
  CatchesUp: { call: CallId },
  /** A call waits for the batch, whether it began it or found it running. */
  Attached: { call: CallId },
  Answered: { call: CallId, answer: CallAnswer },
  // ---- the flush
  /** It waits until the writes and streams have come that are on their way to a base now. */
  ArrivalsAwaited: { base: TableId },
  FlushBegan: { base: TableId },
  // ---- the batch
  /** It sets out to do these tasks of one tablet, for a call. */
  BatchBegan: { call: CallId, type: TaskType, base: TableId, lastToken: Token, tasks: Schema.Array(TaskId) },
  /** Tasks are gone or aborted, and the batch goes on without them. */
  TasksDropped: { tasks: Schema.Array(TaskId) },
  /** It reads the tokens after `after` up to `lastToken` for these tasks; `sstables` is what it takes from the list. */
  AttemptBegan: {
    tasks: Schema.Array(TaskId),
    after: Schema.NullOr(Token),
    lastToken: Token,
    sstables: Schema.Array(SstableId)
  },
  /** Every replica of a view has acknowledged what the attempt has for it. */
  ViewWritten: { view: ViewId },
  /** A staging sstable was moved out of staging, and is on the list no more. */
  Processed: { sstable: SstableId },
  /** What is left in the batch is done, or nothing is where it was aborted. */
  BatchEnded: { how: Schema.Literals(["done", "aborted"]) },
  // ---- the end
  Drained: {}
})
export type WorkerOutput = typeof WorkerOutput.Type
