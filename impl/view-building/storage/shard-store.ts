import type { ShardId } from "../../../spec/metadata.ts"
import type { SstableId, TableId } from "../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import type { Turn } from "../../runtime/turn.ts"
import { isWithin, MissingSstable, type Range, type ShardStorage } from "../worker/surroundings.ts"
import { BaseData } from "./base-data.ts"
import { ReadGate } from "./read-gate.ts"
import type { Keep } from "./stored.ts"

/** How rows come to a shard: by a client's write, or in a stream from elsewhere. */
type Way = "write" | "stream"

/** What a shard has of its bases, and what is on its way there. What it is told is seen by others when it is on disk. */
export class ShardStore implements ShardStorage {
  readonly shard: ShardId
  readonly #keep: Keep
  readonly #turn: Turn
  readonly #bases = new Map<TableId, BaseData>()
  readonly #coming = new Map<TableId, Map<Promise<unknown>, Way>>()
  readonly #gates = new Map<TableId, ReadGate>()

  constructor(shard: ShardId, keep: Keep, turn: Turn) {
    this.shard = shard
    this.#keep = keep
    this.#turn = turn
  }

  // ---- rows on their way ---------------------------------------------------------------------------------------------

  /** Counts a write or stream as on its way until it is over, well or badly. */
  async coming<Value>(base: TableId, way: Way, work: () => Promise<Value>): Promise<Value> {
    const all = this.#coming.get(base) ?? new Map<Promise<unknown>, Way>()
    this.#coming.set(base, all)
    const one = work()
    all.set(one, way)
    try {
      return await one
    } finally {
      all.delete(one)
    }
  }

  writes(base: TableId): Promise<void> {
    return this.#over(base, "write")
  }

  streams(base: TableId): Promise<void> {
    return this.#over(base, "stream")
  }

  async #over(base: TableId, way: Way): Promise<void> {
    const all = [...(this.#coming.get(base) ?? [])]
    await Promise.allSettled(all.flatMap(([one, other]) => (other === way ? [one] : [])))
  }

  /** Resolves when every write and stream that is on its way here now has come. */
  async arrivals(base: TableId): Promise<void> {
    await Promise.all([this.writes(base), this.streams(base)])
  }

  /** Resolves when whatever is on its way to any base has come. */
  async allArrivals(): Promise<void> {
    await Promise.all([...this.#coming.keys()].map((base) => this.arrivals(base)))
  }

  // ---- rows that have come -------------------------------------------------------------------------------------------

  async write(base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    await this.#keep({ _tag: "RowsCame", shard: this.shard, base, rows })
    this.data(base).write(rows)
  }

  async load(base: TableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    await this.#keep({ _tag: "RowsCame", shard: this.shard, base, rows })
    this.data(base).load(rows)
  }

  async stage(base: TableId, sstable: SstableId, rows: ReadonlyArray<BaseRow>): Promise<void> {
    await this.#keep({ _tag: "StagingCame", shard: this.shard, sstable, base, rows })
    this.data(base).stage(sstable, rows)
  }

  async flush(base: TableId): Promise<void> {
    const data = this.data(base)
    data.beginFlush()
    await this.#turn(`storage: shard ${this.shard} has flushed ${base}`)
    data.endFlush()
  }

  async settle(sstable: SstableId): Promise<void> {
    if (!this.#hasStaged(sstable)) throw new MissingSstable(`there is no ${sstable} in staging`)
    await this.#keep({ _tag: "StagingSettled", shard: this.shard, sstable })
    for (const data of this.all()) data.settle(sstable)
  }

  /** Writes an sstable in staging anew, as it is, under another name. False if it is not there. Source: sstables/sstables.cc component rewrite. */
  async replace(sstable: SstableId, by: SstableId): Promise<boolean> {
    if (!this.#hasStaged(sstable)) return false
    await this.#keep({ _tag: "StagingReplaced", shard: this.shard, sstable, by })
    for (const data of this.all()) data.replace(sstable, by)
    return true
  }

  #hasStaged(sstable: SstableId): boolean {
    return [...this.all()].some(({ staging }) => staging.some((one) => one.sstable === sstable))
  }

  async dropTablet(base: TableId, range: Range): Promise<void> {
    await this.#keep({ _tag: "TabletDropped", shard: this.shard, base, after: range.after, lastToken: range.lastToken })
    this.data(base).drop(range)
  }

  dropBase(base: TableId): void {
    this.#bases.delete(base)
  }

  // ---- what there is -------------------------------------------------------------------------------------------------

  get bases(): ReadonlyArray<TableId> {
    return [...this.#bases.keys()]
  }

  all(): Iterable<BaseData> {
    return this.#bases.values()
  }

  data(base: TableId): BaseData {
    const known = this.#bases.get(base)
    if (known !== undefined) return known
    const data = new BaseData()
    this.#bases.set(base, data)
    return data
  }

  read(base: TableId, range: Range): ReadonlyArray<BaseRow> {
    return this.data(base)
      .onDisk()
      .filter(({ token }) => isWithin(token, range))
  }

  staged(base: TableId, sstables: ReadonlyArray<SstableId>): ReadonlyArray<BaseRow> {
    const missing = sstables.find((sstable) => !this.#hasStaged(sstable))
    if (missing !== undefined) throw new MissingSstable(`there is no ${missing} in staging`)
    return this.data(base).staged(sstables)
  }

  reading(base: TableId): Promise<() => void> {
    return this.gate(base).enter()
  }

  gate(base: TableId): ReadGate {
    const known = this.#gates.get(base)
    if (known !== undefined) return known
    const gate = new ReadGate()
    this.#gates.set(base, gate)
    return gate
  }
}
