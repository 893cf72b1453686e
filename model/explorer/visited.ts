/** The state store: every distinct row once, exactly, with the state from which it was reached first. */
import { Batch, grown } from "./batch.ts"
import { absent } from "./pairs.ts"
import { type RowCode, rowCode } from "./row-code.ts"

/** Rows in the order in which they were found. The table maps a row's hash to its state; rows are compared in full. */
export class Visited {
  count = 0
  rows: Int32Array
  parents = new Int32Array(1 << 10)
  /** After `add`: for each row of the batch, its state. */
  states = new Int32Array(0)
  private readonly width: number
  private readonly code: RowCode
  /** Pairs of state and hash. The hash decides most comparisons, and growing never looks at a row. */
  private table = new Int32Array(1 << 12).fill(absent)
  private hashes = new Int32Array(0)

  constructor(width: number) {
    this.width = width
    this.rows = new Int32Array(width << 10)
    this.code = rowCode(width)
  }

  /** Stores the row that is reached from nowhere. */
  addFirst(row: Int32Array): void {
    const batch = new Batch(this.width, 1)
    batch.rows.set(row)
    batch.parents[0] = absent
    batch.count = 1
    this.add(batch)
  }

  /** Stores the rows of `batch` that are new, in order. The batch is left as it is. */
  add(batch: Batch): void {
    this.makeRoom(batch.count)
    if (this.states.length < batch.parents.length) {
      this.states = new Int32Array(batch.parents.length)
      this.hashes = new Int32Array(batch.parents.length)
    }
    this.code.hash(batch.rows, batch.count, this.hashes)
    const before = this.count
    this.count = this.code.place(batch.rows, batch.count, this.hashes, this.table, this.rows, before, this.states)
    for (let j = 0, next = before; next < this.count; j++) {
      if (this.states[j] === next) this.parents[next++] = batch.parents[j]!
    }
  }

  private makeRoom(more: number): void {
    while (this.count + more > this.parents.length) {
      this.parents = grown(this.parents)
      this.rows = grown(this.rows)
    }
    // At most half of the table is used, so that a search ends soon.
    while ((this.count + more) * 4 > this.table.length) this.growTable()
  }

  private growTable(): void {
    const { table } = this
    const larger = new Int32Array(table.length * 2).fill(absent)
    const mask = larger.length - 1
    for (let from = 0; from < table.length; from += 2) {
      if (table[from]! < 0) continue
      let at = (table[from + 1]! << 1) & mask
      while (larger[at]! >= 0) at = (at + 2) & mask
      larger[at] = table[from]!
      larger[at + 1] = table[from + 1]!
    }
    this.table = larger
  }
}
