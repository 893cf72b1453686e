import { setMaxListeners } from "node:events"
import type { ShardId } from "../../../spec/metadata.ts"
import { ArrivalId, SstableId, type TableId, type ViewId } from "../../../spec/view-building/ids.ts"
import type { BaseRow, Destination } from "../../../spec/view-building/messages.ts"
import { baseOf, isBuilt, statusesOf, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { Injected } from "../../runtime/injections.ts"
import { sleep } from "../../runtime/waits.ts"
import { ConnectionBroken } from "../network/network.ts"
import type { ShardStore } from "../storage/shard-store.ts"
import type { Applied, ViewWriter } from "../worker/surroundings.ts"
import type { NodeParts } from "./parts.ts"
import type { Registrator } from "./registrator.ts"

const pauseMs = 1_000

export interface Arrival {
  readonly shard: ShardId
  readonly base: TableId
  readonly rows: ReadonlyArray<BaseRow>
  readonly to: Destination
  /** What it is sent on to. */
  readonly views: ReadonlyArray<ViewId>
}

/** Rows that come to this node's replicas of bases. Source: db/view/view.cc check_needs_view_update_path; dossier 3.6. */
export class Arrivals {
  readonly #parts: NodeParts
  protected readonly applied: Applied
  readonly #views: ViewWriter
  readonly #registrator: Registrator
  readonly #stop = new AbortController()
  #count = 0

  constructor(parts: NodeParts, applied: Applied, views: ViewWriter, registrator: Registrator) {
    this.#parts = parts
    this.applied = applied
    this.#views = views
    this.#registrator = registrator
    // As many wait for the end as there are view updates to be sent on.
    setMaxListeners(0, this.#stop.signal)
  }

  stop(): void {
    this.#stop.abort()
  }

  /** A client's write, which goes to every view that this replica knows of. */
  async write(shard: ShardId, base: TableId, row: BaseRow): Promise<void> {
    const store = this.#parts.store.shard(shard)
    // Whoever truncates waits for those inside.
    const leave = await store.reading(base)
    try {
      await this.come({ shard, base, rows: [row], to: "memtable", views: this.#viewsOf(base) })
    } finally {
      leave()
    }
  }

  /** Rows from elsewhere, such as a repair's: into staging while a view is being built, else where a build will find them. */
  async load(shard: ShardId, base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    const leave = await this.#parts.store.shard(shard).reading(base)
    const { state } = this.applied
    const views = this.#viewsOf(base)
    const isStarted = views.some((view) => statusesOf(state, view).some(({ status }) => status === "STARTED"))
    const isUnbuilt = views.some((view) => !isBuilt(state, view))
    const { stages } = this.#parts.worker
    try {
      if (stages === "unlessBuilt" ? isUnbuilt : isStarted)
        await this.come({ shard, base, rows, to: "staging", views: [] })
      else await this.come({ shard, base, rows, to: "normal", views: views.filter((view) => isBuilt(state, view)) })
    } finally {
      leave()
    }
  }

  /** A tablet's rows from another replica, which sees or has seen to their views. */
  stream(shard: ShardId, base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    return this.come({ shard, base, rows, to: "normal", views: [] })
  }

  /** A tablet's staging sstable from another replica, whose task comes along, if it is not done here before (M18). */
  stage(shard: ShardId, base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    return this.come({ shard, base, rows, to: "staging", views: [] })
  }

  #viewsOf(base: TableId): ReadonlyArray<ViewId> {
    return tableOf(this.applied.state, base)?.views ?? []
  }

  protected come(coming: Arrival): Promise<void> {
    if (coming.rows.length === 0) return Promise.resolve()
    const { self, incarnation, store, tell } = this.#parts
    const { shard, base, rows, to, views } = coming
    const name = `${self}${incarnation}.${++this.#count}`
    const arrival = ArrivalId.make(name)
    const onShard = store.shard(shard)
    return onShard.coming(base, to === "memtable" ? "write" : "stream", async () => {
      tell({ _tag: "ArrivalBegan", node: self, shard, arrival, base, rows, views, to })
      for (const view of views) await this.#sendOn(shard, view, () => onShard.data(base).notOutdone(rows))
      const sstable = to === "staging" ? SstableId.make(`s-${name}`) : null
      await put(onShard, coming, sstable)
      tell({
        _tag: "ArrivalEnded",
        node: self,
        shard,
        arrival,
        sstable: to === "normal" ? SstableId.make(name) : sstable
      })
      if (sstable !== null) this.queue(shard, base, sstable, onShard)
    })
  }

  /** R1: has a task found for a staging sstable. */
  queue(shard: ShardId, base: TableId, sstable: SstableId, store: ShardStore): void {
    const known = store.data(base).staging.find((one) => one.sstable === sstable)
    if (known === undefined) return
    const table = tableOf(this.applied.state, base)
    const lastToken = (table === undefined ? undefined : tabletHolding(table, known.token)?.lastToken) ?? known.token
    this.#registrator.enqueue({ sstable, base, shard, token: known.token, lastToken })
  }

  /**
   * Until every replica of the view has them, or the view is gone.
   *
   * What the base has a later write of by then is not sent: a deletion may have come before the view was known, and no build
   * sends what was deleted. Source: db/view/view.cc view_update_builder, which reads what is there before.
   */
  async #sendOn(shard: ShardId, view: ViewId, rows: () => ReadonlyArray<BaseRow>): Promise<void> {
    while (baseOf(this.applied.state, view) !== undefined) {
      const plain = rows().map(({ key, timestamp, value }) => ({ key, timestamp, value }))
      if (plain.length === 0) return
      try {
        await this.#views.write(view, plain)
        this.#parts.tell({ _tag: "ViewWritten", node: this.#parts.self, shard, batch: null, view, rows: plain })
        return
      } catch (error) {
        if (!(error instanceof ConnectionBroken || error instanceof Injected)) throw error
        await sleep(this.#parts.clock, pauseMs, this.#stop.signal)
      }
    }
  }
}

const put = (store: ShardStore, { base, rows, to }: Arrival, sstable: SstableId | null): Promise<void> => {
  if (sstable !== null) return store.stage(base, sstable, rows)
  return to === "memtable" ? store.write(base, rows) : store.load(base, rows)
}
