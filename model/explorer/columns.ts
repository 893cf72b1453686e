/** Columns: what operations add to packed words, for each value of a cell, so that one load says what becomes of a cell. */
import type { Layout } from "./layout.ts"

/** No difference of packed words is this. Differences are kept with it taken from them, so that what is not known yet is 0. */
export const unknown = -(2 ** 31)

/** An operation, a label list or a chain of operations, the number of a row that it changes, and the table that knows how. */
export interface Lookup {
  readonly table: number
  readonly cell: number
  readonly op: number
}

/** Columns of one table may take so much room however little is known. */
const alwaysRoom = 1 << 16
/** More than that only while at least one place in so many is used. */
const sparsest = 128

/**
 * A column for each lookup that firings may need.
 *
 * Columns are filled as they are asked: the tables that know the answers stay.
 */
export class Columns {
  /** Differences. Those from 0 on are never known: they are the column of whoever has no room for one. */
  effects: Int32Array = new Int32Array(0)
  /** Where each column begins. */
  starts = new Int32Array(64)
  readonly lookups: Array<Lookup> = []
  private readonly numbers = new Map<string, number>()
  /** Values of each number of a row below this have a place in its columns. */
  private rooms: ReadonlyArray<number> = []
  private readonly taken: Array<number> = []
  private used = 0
  private layout: Layout

  constructor(layout: Layout) {
    this.layout = layout
  }

  /** The column of a lookup. `entries` says how much its table knows. */
  number(lookup: Lookup, entries: number): number {
    const key = `${lookup.table} ${lookup.op}`
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    const column = this.lookups.push(lookup) - 1
    this.numbers.set(key, column)
    if (column >= this.starts.length) {
      const starts = new Int32Array(column * 2)
      starts.set(this.starts)
      this.starts = starts
    }
    this.settle(column, entries)
    if (this.used > this.effects.length) {
      const { effects } = this
      this.effects = this.longEnough()
      this.effects.set(effects)
    }
    return column
  }

  /** Whether there are values without a place in their columns. */
  outgrown(sizes: ReadonlyArray<number>): boolean {
    return sizes.some((size, k) => size > (this.rooms[k] ?? 0))
  }

  /** Empties all columns and gives them room for all values there are. `entries` says how much each table knows. */
  makeRoom(sizes: ReadonlyArray<number>, entries: (table: number) => number): void {
    this.rooms = sizes.map((size) => 2 << (31 - Math.clz32(size | 1)))
    this.used = Math.max(...this.rooms)
    this.taken.fill(0)
    for (const [column, { table }] of this.lookups.entries()) this.settle(column, entries(table))
    this.effects = this.longEnough()
  }

  /** Forgets all differences: they are others in another layout. */
  forget(layout: Layout): void {
    this.layout = layout
    this.effects = this.longEnough()
  }

  /** What a column adds to the word of `value` if it becomes `next`. */
  difference(column: number, value: number, next: number): number {
    return (next - value) * 2 ** this.layout.shift[this.lookups[column]!.cell]!
  }

  /** The same, known from now on. */
  learn(column: number, value: number, next: number): number {
    const difference = this.difference(column, value, next)
    const start = this.starts[column]!
    if (start > 0) this.effects[start + value] = difference ^ unknown
    return difference
  }

  /** Gives a column a place. */
  private settle(column: number, entries: number): void {
    const { cell, table } = this.lookups[column]!
    const room = this.rooms[cell] ?? 0
    const taken = (this.taken[table] ?? 0) + room
    if (taken > alwaysRoom && taken > entries * sparsest) this.starts[column] = 0
    else {
      this.taken[table] = taken
      this.starts[column] = this.used
      this.used += room
    }
  }

  private longEnough(): Int32Array {
    return new Int32Array(this.used + (this.used >> 3) + alwaysRoom)
  }
}
