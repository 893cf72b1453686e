import { Schema } from "effect"
import { SessionId } from "../../../spec/sessions/ids.ts"
import { Row } from "../../../spec/sessions/messages.ts"
import { ShardId, TabletId } from "../../../spec/sessions/metadata.ts"

const place = { shard: ShardId, tablet: TabletId }

/** A deletion that a tombstone is there for. */
const Deletion = Schema.Struct({ key: Schema.String, timestamp: Schema.Int })
export type Deletion = typeof Deletion.Type

/** The last repair that a tablet's data took part in, and the deletions that it brought. */
export interface Repaired {
  readonly session: SessionId
  readonly deletions: ReadonlyArray<Deletion>
}

/** The rows that a tablet had when a snapshot was taken, named by the session that it was taken under. */
export interface Snapshot {
  readonly tablet: TabletId
  readonly session: SessionId
  readonly rows: ReadonlyArray<Row>
}

/** One change of what a node stores, and one record of its commit log. */
export const Change = Schema.TaggedUnion({
  Rows: { ...place, rows: Schema.Array(Row) },
  /** A repair has brought these deletions to the shard, and to every other replica if it succeeds. */
  Repaired: { ...place, session: SessionId, deletions: Schema.Array(Deletion) },
  /** The rows as they are now are kept apart from what becomes of the tablet. */
  Snapshot: { ...place, session: SessionId },
  Drop: place,
  Purge: { ...place, before: Schema.Int }
})
export type Change = typeof Change.Type

/** The rows of one node's tablets, in memory: what the changes made so far come to. */
export class TabletRows {
  readonly #shards = new Map<ShardId, Map<TabletId, Map<string, Row>>>()
  readonly #snapshots = new Map<ShardId, Map<SessionId, Snapshot>>()
  readonly #repaired = new Map<ShardId, Map<TabletId, Repaired>>()

  tablets(shard: ShardId): ReadonlyArray<TabletId> {
    return [...(this.#shards.get(shard)?.keys() ?? [])].sort()
  }

  rows(shard: ShardId, tablet: TabletId): ReadonlyArray<Row> {
    const rows = this.#shards.get(shard)?.get(tablet)?.values() ?? []
    return [...rows].sort((one, other) => (one.key < other.key ? -1 : 1))
  }

  snapshots(shard: ShardId): ReadonlyArray<Snapshot> {
    return [...(this.#snapshots.get(shard)?.values() ?? [])]
  }

  repaired(shard: ShardId, tablet: TabletId): Repaired | undefined {
    return this.#repaired.get(shard)?.get(tablet)
  }

  apply(change: Change): void {
    const { shard, tablet } = change
    switch (change._tag) {
      case "Rows":
        for (const row of change.rows) this.#put(change, row)
        return
      case "Repaired": {
        const { session, deletions } = change
        entry(this.#repaired, shard, () => new Map<TabletId, Repaired>()).set(tablet, { session, deletions })
        return
      }
      case "Snapshot": {
        const { session } = change
        const kept = { tablet, session, rows: this.rows(shard, tablet) }
        entry(this.#snapshots, shard, () => new Map<SessionId, Snapshot>()).set(session, kept)
        return
      }
      case "Drop":
        this.#shards.get(shard)?.delete(tablet)
        this.#repaired.get(shard)?.delete(tablet)
        return
      case "Purge":
        this.#purge(change)
    }
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
