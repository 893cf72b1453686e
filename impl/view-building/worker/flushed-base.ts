import type { TableId, ViewId } from "../../../spec/view-building/ids.ts"
import { tableOf } from "../../../spec/view-building/metadata.ts"
import type { ShardStorage, ShardSurroundings } from "./surroundings.ts"

/**
 * The base that a shard has in hand, and the views that it was flushed for.
 *
 * A batch reads sstables only. So whatever came to the memtable without being sent on to a view must be flushed before that view
 * is built (S17). All of it is called with the worker's mutex in hand.
 *
 * Source: db/view/view_building_worker.cc flush_base_table.
 */
export class FlushedBase {
  readonly #parts: ShardSurroundings
  readonly #views = new Set<ViewId>()
  #table: TableId | null = null

  constructor(parts: ShardSurroundings) {
    this.#parts = parts
  }

  get table(): TableId | null {
    return this.#table
  }

  /** Staging tasks have no view, and need none (shipped, theirs is all zeroes, so that each batch flushes for nothing). */
  needsFlushFor(view: ViewId | null): boolean {
    return view !== null && !this.#views.has(view)
  }

  async goOver(table: TableId | null): Promise<void> {
    this.#views.clear()
    this.#table = table
    if (table !== null) await this.flush()
  }

  async flush(): Promise<void> {
    const { node, shard, storage, injections, tell, options } = this.#parts
    const base = this.#table
    if (base === null) throw new TypeError("a flush of no base")
    // M61: shipped, the views are read behind this wait, and count as flushed for although writes that began meanwhile, and knew
    // less, were not waited for.
    let views = this.known(base)
    await this.settled(storage, base)
    if (options.flushFor === "beforeFlush") views = this.known(base)
    tell({ _tag: "FlushBegan", node, shard, base })
    await storage.flush(base)
    await injections.wait("view_building_worker_pause_after_flush_before_recording_flushed_views")
    views = this.flushedFor(base, views)
    for (const view of views) this.#views.add(view)
    tell({ _tag: "FlushEnded", node, shard, base, views })
  }

  /** Those read before the flush: a view that came during it needs another one (M14). */
  protected flushedFor(_base: TableId, before: ReadonlyArray<ViewId>): ReadonlyArray<ViewId> {
    return before
  }

  /** Resolves when nothing is on its way any more that knew less. */
  protected async settled(storage: ShardStorage, base: TableId): Promise<void> {
    await Promise.all([storage.writes(base), storage.streams(base)])
  }

  protected known(base: TableId): ReadonlyArray<ViewId> {
    return tableOf(this.#parts.applied.state, base)?.views ?? []
  }
}
