/**
 * The names of what is built and of who builds it.
 *
 * Source: dossier `view-building.md` 1.2 and 1.3. Upstream a task's id is a timeuuid, and the protocol compares two of them by
 * time; here an id is a number, and the greater is the later.
 */
import { Schema } from "effect"

const natural = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const name = Schema.String.check(Schema.isNonEmpty())

/** A task. Ids are ordered by their time of making and never used again. Source: db/view/view_building_state.hh view_building_task. */
export const TaskId = natural.pipe(Schema.brand("TaskId"))
export type TaskId = typeof TaskId.Type

/** A base table. Tables are ordered by their names, as upstream by their ids. */
export const TableId = name.pipe(Schema.brand("TableId"))
export type TableId = typeof TableId.Type

/** A materialized view, or the view of an index. */
export const ViewId = name.pipe(Schema.brand("ViewId"))
export type ViewId = typeof ViewId.Type

/** A place on the ring. A tablet is named by the last one that belongs to it. */
export const Token = Schema.Int.pipe(Schema.brand("Token"))
export type Token = typeof Token.Type

/** One call of a coordinator to a worker's shard, by the name that stories use. */
export const CallId = natural.pipe(Schema.brand("CallId"))
export type CallId = typeof CallId.Type

/** One batch of a shard, by the name that stories use. */
export const BatchId = natural.pipe(Schema.brand("BatchId"))
export type BatchId = typeof BatchId.Type

/** An sstable, by the name that stories use. */
export const SstableId = name.pipe(Schema.brand("SstableId"))
export type SstableId = typeof SstableId.Type

/** Rows on their way into a base table's data on one shard, by the name that stories use: a write or a stream. */
export const ArrivalId = name.pipe(Schema.brand("ArrivalId"))
export type ArrivalId = typeof ArrivalId.Type
