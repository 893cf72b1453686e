/** What a node keeps on disk: the rows of its tablets, shard by shard. Who opens a store again finds what was durable. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import type { ShardId, TabletId } from "../../../spec/sessions/metadata.ts"
import type { Repaired, Snapshot } from "./tablet-rows.ts"

/** Rows on their way to become part of a tablet's data. Nobody reads them before the seal, and a restart forgets them. */
export interface Unsealed {
  /** Writes more rows, in memory or beside the data. */
  add(rows: ReadonlyArray<Row>): void
  /** Makes all rows part of the tablet's data at once. Resolves when that is durable; a store that is closed rejects. */
  seal(): Promise<void>
  /** Forgets the rows. */
  discard(): void
}

/** The disk of one node. A change is seen by `rows` at once, and is durable when its promise resolves; changes keep their order. */
export interface Store {
  /** The tablets of which a shard holds anything, also a tombstone. */
  tablets(shard: ShardId): ReadonlyArray<TabletId>
  /** The winning row of each key, tombstones too, by key. */
  rows(shard: ShardId, tablet: TabletId): ReadonlyArray<Row>
  /** Adds rows to a tablet's data. */
  append(shard: ShardId, tablet: TabletId, rows: ReadonlyArray<Row>): Promise<void>
  /** Begins to write rows that will be part of the data only when they are sealed. */
  begin(shard: ShardId, tablet: TabletId): Unsealed
  /** Keeps a tablet's rows as they are now. A second snapshot under the same session takes the place of the first. */
  snapshot(shard: ShardId, tablet: TabletId, session: SessionId): Promise<void>
  /** What was kept, in the order in which it was. */
  snapshots(shard: ShardId): ReadonlyArray<Snapshot>
  /** Drops a tablet's data, tombstones too; snapshots stay. */
  drop(shard: ShardId, tablet: TabletId): Promise<void>
  /** Notes which deletions a repair has brought here, in place of what was noted before. */
  noteRepair(shard: ShardId, tablet: TabletId, repaired: Repaired): Promise<void>
  /** What was noted last; nothing is left of it once the tablet's data was dropped. */
  repaired(shard: ShardId, tablet: TabletId): Repaired | undefined
  /** Forgets tombstones with a timestamp below `before`. What they covered was forgotten when they came. */
  purge(shard: ShardId, tablet: TabletId, before: number): Promise<void>
  /** Resolves when everything accepted is durable; nothing is accepted afterwards. */
  close(): Promise<void>
}

/** The store is closed, or its disk has failed. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable"
}
