/**
 * What group 0 says about the building of views: tasks, the base in hand, how far each view is, and the tablets they follow.
 *
 * Source: dossier `view-building.md` 1.2; db/view/view_building_state.hh, db/system_keyspace.cc view_building_tasks. Whoever has
 * applied the same commands has the same state.
 */
import { Schema } from "effect"
import { Kind, NodeId, Replica, Stage, sameReplica } from "../metadata.ts"
import { TableId, TaskId, Token, ViewId } from "./ids.ts"

/** What is to be done: a view's rows from a tablet's replica, or view updates from the staging sstables there. */
export const TaskType = Schema.Literals(["build_range", "process_staging"])
export type TaskType = typeof TaskType.Type

/**
 * How a task stands. One that is done or cancelled is not there any more.
 *
 * The variant of 2025 calls an alive task IDLE and writes down that it was started; today nobody does.
 */
export const TaskState = Schema.Literals(["alive", "started", "aborted"])
export type TaskState = typeof TaskState.Type

/** Something that one replica of one tablet has to do. */
export const Task = Schema.Struct({
  id: TaskId,
  type: TaskType,
  state: TaskState,
  base: TableId,
  /** Null where the task is about staging sstables: these concern every view. */
  view: Schema.NullOr(ViewId),
  replica: Replica,
  /** Names the tablet. Ids of tablets are never stored, for a split or merge changes them. */
  lastToken: Token
})
export type Task = typeof Task.Type

/** What is being done with a tablet: its kind, how far it is, and who holds the tablet afterwards. */
export const Transition = Schema.Struct({ kind: Kind, stage: Stage, next: Schema.Array(Replica) })
export type Transition = typeof Transition.Type

/** The tokens after the last one of the tablet before it, up to its own last one. */
export const Tablet = Schema.Struct({
  lastToken: Token,
  replicas: Schema.Array(Replica),
  /** Null while nothing is done with the tablet. At most one thing is. */
  transition: Schema.NullOr(Transition)
})
export type Tablet = typeof Tablet.Type

/** A base table: its views as the schema has them, and its tablets in the order of their tokens. */
export const Table = Schema.Struct({
  base: TableId,
  views: Schema.Array(ViewId),
  tablets: Schema.Array(Tablet)
})
export type Table = typeof Table.Type

/** How far a view is, as one node has it. A view without rows was not started. Source: db/view/view_build_status.hh. */
export const BuildStatus = Schema.Literals(["STARTED", "SUCCESS"])
export type BuildStatus = typeof BuildStatus.Type

/** How far one view is on one node. */
export const StatusRow = Schema.Struct({ view: ViewId, node: NodeId, status: BuildStatus })
export type StatusRow = typeof StatusRow.Type

/** What every node must know before anybody may use it. Source: gms/feature_service.hh. */
export const Feature = Schema.Literals(["VIEW_BUILDING_COORDINATOR", "VIEW_BUILDING_TASKS_MIN_TASK_ID"])
export type Feature = typeof Feature.Type

/** The whole of what group 0 says about it, after some number of commands. */
export const BuildingState = Schema.Struct({
  /** In the order of their ids. */
  tasks: Schema.Array(Task),
  /** Rows with a smaller id are not looked at. Null before the first collection. */
  minTask: Schema.NullOr(TaskId),
  /** The base that is in hand, one for the whole cluster; null between two. */
  processing: Schema.NullOr(TableId),
  /** By view, then by node. */
  statuses: Schema.Array(StatusRow),
  /** Base tables in tablet keyspaces, by name. Views of other tables are the business of the older node-local builder. */
  tables: Schema.Array(Table),
  /** Every member of group 0. */
  nodes: Schema.Array(NodeId),
  /** The members that have joined and are not about to leave. */
  normal: Schema.Array(NodeId),
  /** Present where a cluster is of interest that has yet to be upgraded: what every node knows. */
  features: Schema.optionalKey(Schema.Array(Feature))
})
export type BuildingState = typeof BuildingState.Type

/** A tablet with the token that it begins after; null where it begins the ring. */
export interface TabletRange extends Tablet {
  readonly after: Token | null
}

/** A table's tablets with the ranges that they hold. */
export const rangesOf = ({ tablets }: Table): ReadonlyArray<TabletRange> =>
  tablets.map((tablet, index) => ({ ...tablet, after: tablets[index - 1]?.lastToken ?? null }))

/** A base table by its name; undefined for one that was dropped. */
export const tableOf = (state: BuildingState, base: TableId): Table | undefined =>
  state.tables.find((table) => table.base === base)

/** The tablet that a token belongs to. */
export const tabletHolding = (table: Table, token: Token): TabletRange | undefined =>
  rangesOf(table).find(({ after, lastToken }) => (after === null || token > after) && token <= lastToken)

/** The tablet of this last token. */
export const tabletNamed = (table: Table | undefined, lastToken: Token): TabletRange | undefined =>
  table === undefined ? undefined : rangesOf(table).find((tablet) => tablet.lastToken === lastToken)

/** A task by its id; undefined for one that is done or cancelled. */
export const taskNamed = (state: BuildingState, id: TaskId): Task | undefined =>
  state.tasks.find((task) => task.id === id)

/** The tasks of a base at one replica. */
export const tasksAt = (state: BuildingState, base: TableId, replica: Replica): ReadonlyArray<Task> =>
  state.tasks.filter((task) => task.base === base && sameReplica(task.replica, replica))

/** The base table of a view; undefined for a view that was dropped. */
export const baseOf = (state: BuildingState, view: ViewId): Table | undefined =>
  state.tables.find(({ views }) => views.includes(view))

/** How far a view is on each node that says so. */
export const statusesOf = (state: BuildingState, view: ViewId): ReadonlyArray<StatusRow> =>
  state.statuses.filter((row) => row.view === view)

/** Whether every status that a view has says SUCCESS, and there is one. Source: db/view/view_building_worker.cc update_built_views. */
export const isBuilt = (state: BuildingState, view: ViewId): boolean => {
  const rows = statusesOf(state, view)
  return rows.length > 0 && rows.every(({ status }) => status === "SUCCESS")
}
