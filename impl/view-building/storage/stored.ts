/** What a node writes to its disk, in order. Whoever reads all of it again has what the node had. */
import { Schema } from "effect"
import { ShardId } from "../../../spec/metadata.ts"
import { SstableId, TableId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import { BaseRow, Row } from "../../../spec/view-building/messages.ts"

const rows = Schema.Array(BaseRow)

export const Stored = Schema.TaggedUnion({
  /** Rows of a base are in the commit log, and count as in an sstable for whoever reads this again. */
  RowsCame: { shard: ShardId, base: TableId, rows },
  /** An sstable is in staging. */
  StagingCame: { shard: ShardId, sstable: SstableId, base: TableId, rows },
  /** It is in staging no more: its rows are as any others. */
  StagingSettled: { shard: ShardId, sstable: SstableId },
  StagingReplaced: { shard: ShardId, sstable: SstableId, by: SstableId },
  TabletDropped: { shard: ShardId, base: TableId, after: Schema.NullOr(Token), lastToken: Token },
  /** All that any shard has of a base is gone. */
  BaseDropped: { base: TableId },
  ViewRowsCame: { view: ViewId, rows: Schema.Array(Row) },
  ViewDropped: { view: ViewId },
  BuiltViews: { views: Schema.Array(ViewId) }
})
export type Stored = typeof Stored.Type

/** Resolves when a change is on disk. */
export type Keep = (stored: Stored) => Promise<void>
