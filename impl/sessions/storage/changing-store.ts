import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import type { ShardId, TabletId } from "../../../spec/sessions/metadata.ts"
import { type Store, StoreUnavailable, type Unsealed } from "./store.ts"
import type { Change, Repaired, Snapshot, TabletRows } from "./tablet-rows.ts"

/** A store that shows every change at once and leaves it to its heirs to make it durable. */
export abstract class ChangingStore implements Store {
  readonly #rows: TabletRows
  #open = true

  constructor(rows: TabletRows) {
    this.#rows = rows
  }

  /** Resolves when a change is durable, behind all changes before it. */
  protected abstract keep(change: Change): Promise<void>

  /** Resolves when everything kept is durable. */
  protected abstract finish(): Promise<void>

  tablets(shard: ShardId): ReadonlyArray<TabletId> {
    return this.#rows.tablets(shard)
  }

  rows(shard: ShardId, tablet: TabletId): ReadonlyArray<Row> {
    return this.#rows.rows(shard, tablet)
  }

  append(shard: ShardId, tablet: TabletId, rows: ReadonlyArray<Row>): Promise<void> {
    return this.#change({ _tag: "Rows", shard, tablet, rows })
  }

  begin(shard: ShardId, tablet: TabletId): Unsealed {
    let written: ReadonlyArray<Row> | undefined = []
    return {
      add: (rows) => {
        if (written === undefined) throw new StoreUnavailable("these rows were sealed or discarded before")
        written = [...written, ...rows]
      },
      seal: () => {
        if (written === undefined)
          return Promise.reject(new StoreUnavailable("these rows were sealed or discarded before"))
        const rows = written
        written = undefined
        return this.append(shard, tablet, rows)
      },
      discard: () => {
        written = undefined
      }
    }
  }

  noteRepair(shard: ShardId, tablet: TabletId, repaired: Repaired): Promise<void> {
    return this.#change({ _tag: "Repaired", shard, tablet, ...repaired })
  }

  repaired(shard: ShardId, tablet: TabletId): Repaired | undefined {
    return this.#rows.repaired(shard, tablet)
  }

  snapshot(shard: ShardId, tablet: TabletId, session: SessionId): Promise<void> {
    return this.#change({ _tag: "Snapshot", shard, tablet, session })
  }

  snapshots(shard: ShardId): ReadonlyArray<Snapshot> {
    return this.#rows.snapshots(shard)
  }

  drop(shard: ShardId, tablet: TabletId): Promise<void> {
    return this.#change({ _tag: "Drop", shard, tablet })
  }

  purge(shard: ShardId, tablet: TabletId, before: number): Promise<void> {
    return this.#change({ _tag: "Purge", shard, tablet, before })
  }

  close(): Promise<void> {
    this.#open = false
    return this.finish()
  }

  #change(change: Change): Promise<void> {
    if (!this.#open) return Promise.reject(new StoreUnavailable("the store is closed"))
    this.#rows.apply(change)
    return this.keep(change)
  }
}
