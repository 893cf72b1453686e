/** What the worker of a shard needs of its node. A test that drives a worker step by step brings its own. */
import type { NodeId, Position, ShardId, Term } from "../../../spec/metadata.ts"
import type { SstableId, TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { BaseRow, Row } from "../../../spec/view-building/messages.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import type { Clock } from "../../runtime/clock.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { Turn } from "../../runtime/turn.ts"
import type { Journal } from "../journal.ts"
import type { WorkerOptions } from "./options.ts"

/** Some tokens: those after one, up to and with another. */
export interface Range {
  readonly after: Token | null
  readonly lastToken: Token
}

export const isWithin = (token: Token, { after, lastToken }: Range): boolean =>
  (after === null || token > after) && token <= lastToken

/** What the node has applied of group 0, and how it asks for more. */
export interface Applied {
  readonly state: BuildingState
  readonly at: Position
  /** Group 0's term, as far as the node knows. */
  readonly term: Term
  /** Resolves once the node has applied everything that was committed before the call. Rejects with `Unavailable`. */
  readBarrier(): Promise<Position>
}

/** An sstable is not in staging any more, or never was. */
export class MissingSstable extends Error {
  override readonly name = "MissingSstable"
}

/** What a shard has of its base tables. What it is asked for sstables rejects with `MissingSstable` where one is not there. */
export interface ShardStorage {
  /** The shard that owns it, where whatever reads it runs. */
  readonly shard: ShardId
  /** Resolves when every write that is on its way here now has come. */
  writes(base: TableId): Promise<void>
  /** Resolves when every stream, repair or load that is on its way here now has come. */
  streams(base: TableId): Promise<void>
  /** Resolves when what is in the memtable by now is in sstables. */
  flush(base: TableId): Promise<void>
  /** What all sstables hold of these tokens, staging too: the last write of each key. */
  read(base: TableId, range: Range): ReadonlyArray<BaseRow>
  /** What these staging sstables hold and nothing outdoes that the base has besides; other staging sstables are not looked at. */
  staged(base: TableId, sstables: ReadonlyArray<SstableId>): ReadonlyArray<BaseRow>
  /** Moves an sstable out of staging. Resolves when that is durable. */
  settle(sstable: SstableId): Promise<void>
  /** Keeps a base from being truncated until the function returned is called. */
  reading(base: TableId): Promise<() => void>
}

/** Writes view rows to every replica of a view. Resolves when all have acknowledged; rejects where one does not (M32: no hints). */
export interface ViewWriter {
  write(view: ViewId, rows: ReadonlyArray<Row>): Promise<void>
}

/** The node's staging sstables, as the worker of a shard sees them. */
export interface StagingLists {
  /** Notes that batches with these tasks choose their sstables from now on: nothing more is put to them (S16). */
  start(tasks: ReadonlyArray<TaskId>): Promise<void>
  /** Does something while nobody else changes the shard's list. */
  exclusively<Value>(work: (list: StagingList) => Promise<Value>): Promise<Value>
}

/** One shard's staging sstables that have a task. */
export interface StagingList {
  /** Those of a base whose last token is one of these. */
  of(base: TableId, range: Range): ReadonlyArray<SstableId>
  remove(sstable: SstableId): void
}

export interface ShardSurroundings {
  readonly node: NodeId
  readonly shard: ShardId
  readonly applied: Applied
  readonly storage: ShardStorage
  readonly views: ViewWriter
  readonly staging: StagingLists
  readonly clock: Clock
  readonly injections: Injections
  /** Is asked for a turn where an attempt begins, where one ends, and where a call has caught up with group 0. */
  readonly turn: Turn
  readonly tell: Journal
  readonly options: WorkerOptions
}
