import type { ShardId } from "../../../spec/metadata.ts"
import type { TableId, ViewId } from "../../../spec/view-building/ids.ts"
import type { BaseRow, Row } from "../../../spec/view-building/messages.ts"
import { atOnce, type Turn } from "../../runtime/turn.ts"
import { Newest } from "./newest.ts"
import { ShardStore } from "./shard-store.ts"
import type { Keep, Stored } from "./stored.ts"

/** The disk of one node: what its shards have of bases, its replicas of views, and its own table of built views. */
export class NodeStore {
  readonly shards: ReadonlyArray<ShardStore>
  readonly #keep: Keep
  readonly #views = new Map<ViewId, Newest<Row>>()
  #builtViews: ReadonlyArray<ViewId> = []

  /** Opens a disk that holds this already, and puts on it what comes. */
  constructor(shards: ReadonlyArray<ShardId>, before: Iterable<Stored>, keep: Keep, turn: Turn = atOnce) {
    this.#keep = keep
    this.shards = shards.map((shard) => new ShardStore(shard, keep, turn))
    for (const stored of before) this.#replay(stored)
  }

  shard(shard: ShardId): ShardStore {
    const store = this.shards.find((one) => one.shard === shard)
    if (store === undefined) throw new RangeError(`there is no shard ${shard}`)
    return store
  }

  // ---- views ---------------------------------------------------------------------------------------------------------

  async writeView(view: ViewId, rows: ReadonlyArray<Row>): Promise<void> {
    await this.#keep({ _tag: "ViewRowsCame", view, rows })
    this.#view(view).add(rows)
  }

  /** The last write of each key, deletions too. */
  viewRows(view: ViewId): ReadonlyArray<Row> {
    return this.#views.get(view)?.all() ?? []
  }

  get views(): ReadonlyArray<ViewId> {
    return [...this.#views.keys()]
  }

  async dropView(view: ViewId): Promise<void> {
    await this.#keep({ _tag: "ViewDropped", view })
    this.#views.delete(view)
  }

  /** Whether a shard has this table, and what it holds of it, deletions too. */
  baseRows(base: TableId): ReadonlyArray<BaseRow> {
    return new Newest(this.shards.flatMap((shard) => shard.data(base).settled())).all()
  }

  get bases(): ReadonlyArray<TableId> {
    return [...new Set(this.shards.flatMap(({ bases }) => bases))]
  }

  async dropBase(base: TableId): Promise<void> {
    await this.#keep({ _tag: "BaseDropped", base })
    for (const shard of this.shards) shard.dropBase(base)
  }

  // ---- built views ---------------------------------------------------------------------------------------------------

  get builtViews(): ReadonlyArray<ViewId> {
    return this.#builtViews
  }

  async writeBuiltViews(views: ReadonlyArray<ViewId>): Promise<void> {
    await this.#keep({ _tag: "BuiltViews", views })
    this.#builtViews = views
  }

  // ---- what was there before -----------------------------------------------------------------------------------------

  #view(view: ViewId): Newest<Row> {
    const known = this.#views.get(view)
    if (known !== undefined) return known
    const rows = new Newest<Row>()
    this.#views.set(view, rows)
    return rows
  }

  #replay(stored: Stored): void {
    switch (stored._tag) {
      case "RowsCame":
        this.shard(stored.shard).data(stored.base).load(stored.rows)
        break
      case "StagingCame":
        this.shard(stored.shard).data(stored.base).stage(stored.sstable, stored.rows)
        break
      case "StagingSettled":
        for (const data of this.shard(stored.shard).all()) data.settle(stored.sstable)
        break
      case "StagingReplaced":
        for (const data of this.shard(stored.shard).all()) data.replace(stored.sstable, stored.by)
        break
      case "TabletDropped":
        this.shard(stored.shard).data(stored.base).drop(stored)
        break
      case "BaseDropped":
        for (const shard of this.shards) shard.dropBase(stored.base)
        break
      case "ViewRowsCame":
        this.#view(stored.view).add(stored.rows)
        break
      case "ViewDropped":
        this.#views.delete(stored.view)
        break
      case "BuiltViews":
        this.#builtViews = stored.views
        break
    }
  }
}
