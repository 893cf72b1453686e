/**
 * What the coordinator, the workers and group 0 say to each other: changes of group 0, calls to work on tasks, and answers.
 *
 * Source: dossier `view-building.md` 2 and 3; idl/view.idl.hh. A change is one atomic command: it is applied as a whole or not
 * at all, by everybody.
 */
import { Schema } from "effect"
import { Row } from "../messages.ts"
import { NodeId, Stage, Term } from "../metadata.ts"
import { SstableId, TableId, TaskId, Token, ViewId } from "./ids.ts"
import { Feature, Task } from "./metadata.ts"

export { Row } from "../messages.ts"

// ---- time ---------------------------------------------------------------------------------------------------------

/** How long a coordinator leaves a replica alone after a call to it has failed. Source: view_building_coordinator.cc work_on_tasks. */
export const callBackoffMs = 1_000

/** How often finished tasks are collected. Source: view_building_coordinator.cc finished_task_gc_fiber. */
export const collectEveryMs = 200

// ---- data ---------------------------------------------------------------------------------------------------------

/** One write of one key of a base table, and where on the ring the key is. In each of its views there is one row for it, of the same key. */
export const BaseRow = Schema.Struct({ ...Row.fields, token: Token })
export type BaseRow = typeof BaseRow.Type

/** Where rows that come in are put: a memtable, or an sstable; one in staging is read but left alone until its view updates were made. */
export const Destination = Schema.Literals(["memtable", "normal", "staging"])
export type Destination = typeof Destination.Type

// ---- calls --------------------------------------------------------------------------------------------------------

/** Why a worker refuses, or why nobody hears what it says. The set is closed. */
export const reasons = [
  /** Group 0's term is not the one that the call was made in. */
  "StaleTerm",
  /** Group 0 did not answer the read barrier. */
  "ReadBarrierFailed",
  /** No base is in hand. */
  "BaseNotSet",
  /** One of the tasks is not there, or is not for this shard and the base in hand. */
  "TaskNotFound",
  /** The shard's batch has none of the tasks in it. */
  "Busy",
  /** There is no such table any more. */
  "NoSuchTable",
  /** The worker was drained. */
  "Drained",
  /** The variant of 2025 alone: the answer does not fit what was asked. */
  "ResultMismatch",
  /** The connection broke, the node fell, or the caller gave up. */
  "Disconnected"
] as const
/** Why a call was refused: one of `reasons`. */
export const Reason = Schema.Literals(reasons)
export type Reason = typeof Reason.Type

/** `work_on_view_building_tasks`: asks one shard for its part of the base in hand. The variant of 2025 tells no term. */
export const WorkOnTasks = Schema.Struct({ term: Schema.optionalKey(Term), tasks: Schema.Array(TaskId) })
export type WorkOnTasks = typeof WorkOnTasks.Type

/** What a call comes back with. */
export const CallAnswer = Schema.TaggedUnion({
  /**
   * Those of the tasks asked for that are done: maybe not all, maybe none.
   *
   * `aborted` is present in the variant of 2025, which tells of every task asked for whether it was done or aborted.
   */
  Done: { tasks: Schema.Array(TaskId), aborted: Schema.optionalKey(Schema.Array(TaskId)) },
  Refused: { reason: Reason }
})
export type CallAnswer = typeof CallAnswer.Type

// ---- group 0 ------------------------------------------------------------------------------------------------------

/** Who writes group 0: the leader's coordinators in a term, a node's worker, or an operator and the schema layer that serves them. */
export const Committer = Schema.TaggedUnion({
  Coordinator: { term: Term },
  Worker: { node: NodeId },
  Operator: {}
})
export type Committer = typeof Committer.Type

/** Which row a staging sstable was registered under. */
export const Registered = Schema.Struct({ sstable: SstableId, task: TaskId })
export type Registered = typeof Registered.Type

/** What one command of group 0 changes, as a whole or not at all. */
export const Change = Schema.TaggedUnion({
  // ---- the view building coordinator
  /** Nothing changes but the position, so that every guard that was taken before is worthless. Source: topology_coordinator.cc fence_previous_coordinator. */
  Fence: {},
  /** A base comes in hand, and its views are STARTED where nothing is said of them yet. Source: update_state. */
  PickBase: { base: TableId },
  /** Statuses of the base in hand are filled in or become SUCCESS; `over` when the base is not in hand any more. Source: update_views_statuses. */
  UpdateStatuses: { base: TableId, built: Schema.Array(ViewId), over: Schema.Boolean },
  /** Tasks that were done are deleted, and all rows below the first that stays are forgotten. Source: clean_finished_tasks. */
  CollectTasks: { tasks: Schema.Array(TaskId) },
  /** The variant of 2025 alone: tasks go from IDLE to STARTED. */
  StartTasks: { tasks: Schema.Array(TaskId) },
  /** The variant of 2025 alone: the tasks of one answer are deleted. */
  FinishTasks: { tasks: Schema.Array(TaskId) },
  // ---- workers
  /** Rows for staging sstables, where none could be used that was there. Source: create_staging_sstable_tasks. */
  RegisterStaging: { tasks: Schema.Array(Task), sstables: Schema.Array(Registered) },
  // ---- the schema layer
  CreateTable: { base: TableId },
  /** A view with a task for each replica of each tablet; `empty` where the base is known to have no rows, and the view is built at once. */
  CreateView: { base: TableId, view: ViewId, empty: Schema.Boolean },
  DropView: { view: ViewId },
  DropTable: { base: TableId },
  DropKeyspace: { bases: Schema.Array(TableId) },
  // ---- tablets and nodes, by the topology coordinator
  /** A transition begins (`from` is null), moves on, or is over (`to` is null), and tasks are aborted, moved or made anew with it. */
  MoveTablet: { base: TableId, lastToken: Token, from: Schema.NullOr(Stage), to: Schema.NullOr(Stage) },
  Resize: { base: TableId, how: Schema.Literals(["split", "merge"]) },
  /** A node becomes normal, with a status for each view that was started. */
  JoinNode: { node: NodeId },
  /** A node is about to leave: it is not normal any more. */
  DrainNode: { node: NodeId },
  LeaveNode: { node: NodeId },
  EnableFeature: { feature: Feature },
  /** Something else. */
  Unrelated: {}
})
export type Change = typeof Change.Type
