import { Schema } from "effect"
import { Row } from "../../../spec/sessions/messages.ts"
import { ShardId, TabletId } from "../../../spec/sessions/metadata.ts"

const place = { shard: ShardId, tablet: TabletId }

/** One change of what a node stores, and one record of its commit log. */
export const Change = Schema.TaggedUnion({
  Rows: { ...place, rows: Schema.Array(Row) },
  Drop: place,
  Purge: { ...place, before: Schema.Int }
})
export type Change = typeof Change.Type

/** The rows of one node's tablets, in memory: what the changes made so far come to. */
export class TabletRows {
  readonly #shards = new Map<ShardId, Map<TabletId, Map<string, Row>>>()

  tablets(shard: ShardId): ReadonlyArray<TabletId> {
    return [...(this.#shards.get(shard)?.keys() ?? [])].sort()
  }

  rows(shard: ShardId, tablet: TabletId): ReadonlyArray<Row> {
    const rows = this.#shards.get(shard)?.get(tablet)?.values() ?? []
    return [...rows].sort((one, other) => (one.key < other.key ? -1 : 1))
  }

  apply(change: Change): void {
    if (change._tag === "Rows") for (const row of change.rows) this.#put(change, row)
    else if (change._tag === "Drop") this.#shards.get(change.shard)?.delete(change.tablet)
    else this.#purge(change)
  }

  #put({ shard, tablet }: { readonly shard: ShardId; readonly tablet: TabletId }, row: Row): void {
    const tablets = entry(this.#shards, shard, () => new Map<TabletId, Map<string, Row>>())
    const rows = entry(tablets, tablet, () => new Map<string, Row>())
    const old = rows.get(row.key)
    if (old === undefined || wins(row, old)) rows.set(row.key, row)
  }

  #purge({ shard, tablet, before }: Extract<Change, { readonly _tag: "Purge" }>): void {
    const rows = this.#shards.get(shard)?.get(tablet)
    if (rows === undefined) return
    for (const { key, value, timestamp } of [...rows.values()])
      if (value === null && timestamp < before) rows.delete(key)
    if (rows.size === 0) this.#shards.get(shard)?.delete(tablet)
  }
}

/** Whether a row hides another of the same key. Of the same time, a tombstone wins, then the greater value. */
function wins(row: Row, old: Row): boolean {
  if (row.timestamp !== old.timestamp) return row.timestamp > old.timestamp
  if (row.value === null || old.value === null) return row.value === null
  return row.value > old.value
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
