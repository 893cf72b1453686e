import { type SstableId, Token } from "../../../spec/view-building/ids.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import { isWithin, type Range } from "../worker/surroundings.ts"
import { Newest } from "./newest.ts"

/**
 * What one shard has of one base: a memtable, sstables, and sstables in staging.
 *
 * All sstables that are not in staging are one here, for nobody asks which of them a row is in.
 */
export class BaseData {
  #memtable = new Newest<BaseRow>()
  /** What is being flushed: not in the memtable any more, and in no sstable yet. */
  #flushing = new Newest<BaseRow>()
  readonly #normal = new Newest<BaseRow>()
  readonly #staging = new Map<SstableId, ReadonlyArray<BaseRow>>()

  write(rows: ReadonlyArray<BaseRow>): void {
    this.#memtable.add(rows)
  }

  load(rows: ReadonlyArray<BaseRow>): void {
    this.#normal.add(rows)
  }

  stage(sstable: SstableId, rows: ReadonlyArray<BaseRow>): void {
    this.#staging.set(sstable, rows)
  }

  beginFlush(): void {
    this.#flushing = this.#memtable
    this.#memtable = new Newest()
  }

  endFlush(): void {
    this.#normal.add(this.#flushing.all())
    this.#flushing = new Newest()
  }

  settle(sstable: SstableId): void {
    this.#normal.add(this.#staging.get(sstable) ?? [])
    this.#staging.delete(sstable)
  }

  replace(sstable: SstableId, by: SstableId): void {
    const rows = this.#staging.get(sstable)
    if (rows === undefined) return
    this.#staging.delete(sstable)
    this.#staging.set(by, rows)
  }

  /** Drops the rows of some tokens, and the staging sstables whose last token is one of them. */
  drop(range: Range): void {
    for (const rows of [this.#memtable, this.#flushing, this.#normal])
      rows.remove(({ token }) => isWithin(token, range))
    for (const { sstable, token } of this.staging) if (isWithin(token, range)) this.#staging.delete(sstable)
  }

  /** Staging sstables with the last of their rows' tokens, which tells the tablet that they belong to. */
  get staging(): ReadonlyArray<{ readonly sstable: SstableId; readonly token: Token }> {
    return [...this.#staging].map(([sstable, rows]) => ({
      sstable,
      token: Token.make(Math.max(...rows.map(({ token }) => token)))
    }))
  }

  stagedRows(sstable: SstableId): ReadonlyArray<BaseRow> {
    return this.#staging.get(sstable) ?? []
  }

  /** What sstables hold, staging too. */
  onDisk(): ReadonlyArray<BaseRow> {
    return new Newest([...this.#normal.all(), ...[...this.#staging.values()].flat()]).all()
  }

  /** Everything that is not in staging. */
  settled(): ReadonlyArray<BaseRow> {
    return new Newest([...this.#memtable.all(), ...this.#flushing.all(), ...this.#normal.all()]).all()
  }

  /** Those of some rows that nothing outdoes which the base has, but for what is in staging. */
  notOutdone(rows: ReadonlyArray<BaseRow>): ReadonlyArray<BaseRow> {
    const settled = new Newest(this.settled())
    settled.add(rows)
    return rows.filter((row) => settled.has(row))
  }

  /** Rows of these staging sstables that nothing outdoes which the base has besides. */
  staged(sstables: ReadonlyArray<SstableId>): ReadonlyArray<BaseRow> {
    const chosen = new Newest(sstables.flatMap((sstable) => this.stagedRows(sstable)))
    return new Newest([...this.settled(), ...chosen.all()]).all().filter((row) => chosen.has(row))
  }
}
