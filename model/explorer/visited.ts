/** The state store: every distinct row once, exactly and packed, with the state from which it was reached first. */
import { type Arrays, ownArrays } from "./arrays.ts"
import { hasRoom, type Layout, layoutFor, pack, repack, unpack } from "./layout.ts"
import { absent } from "./pairs.ts"
import { type Candidates, type StoreCode, storeCode } from "./store-code.ts"

/** Slots of the table for every state that it may hold before it grows. */
const slotsPerState = 1.6
const smallest = 1 << 12

/** Rows in the order in which they were found. The table maps a row's hash to its state; rows are compared in full. */
export class Visited {
  count = 0
  /** Packed rows, `layout.words` words each. */
  rows: Int32Array
  parents: Int32Array
  layout: Layout
  private code: StoreCode
  private table: Int32Array
  private readonly arrays: Arrays
  private guess = new Int32Array(0)
  /** A packed row, where one is needed for a moment. */
  private packed: Int32Array
  private room = smallest

  constructor(sizes: ReadonlyArray<number>, arrays: Arrays = ownArrays()) {
    this.arrays = arrays
    this.layout = layoutFor(sizes)
    this.code = storeCode(this.layout.words)
    this.rows = arrays.ints("rows", this.room * this.layout.words)
    this.parents = arrays.ints("parents", this.room)
    this.table = arrays.ints("table", smallest * 2)
    this.packed = new Int32Array(this.layout.words)
  }

  /** Bytes held by the store. */
  get bytes(): number {
    return (this.rows.length + this.parents.length + this.table.length) * 4
  }

  /** Stores the row that is reached from nowhere. */
  addFirst(row: Int32Array): void {
    pack(this.layout, row, this.rows, 0)
    this.parents[0] = absent
    this.count = 1
    this.code.index(this.rows, 0, 1, this.table, 0, 1)
  }

  /** Stores the candidates that are new, in order. */
  place(candidates: Candidates, count: number): void {
    this.makeRoom(count)
    if (this.guess.length < count) this.guess = new Int32Array(candidates.parents.length)
    const { rows, parents, table, guess } = this
    this.count = this.code.place(candidates, count, table, rows, parents, this.count, guess)
  }

  /** Unpacks the row of a state. */
  read(state: number, into: Int32Array): void {
    unpack(this.layout, this.rows, state * this.layout.words, into)
  }

  /** Unpacks a row that is packed like those of the store. */
  unpack(rows: Int32Array, at: number, into: Int32Array): void {
    unpack(this.layout, rows, at, into)
  }

  /** One number of a state's row. */
  at(state: number, position: number): number {
    const { words, word, shift, bits } = this.layout
    return (this.rows[state * words + word[position]!]! >>> shift[position]!) & ((1 << bits[position]!) - 1)
  }

  /** The state whose unpacked row stands at `from`, or `absent`. */
  find(row: Int32Array, from = 0): number {
    const { layout, packed, table, rows } = this
    const { words, bits } = layout
    for (let k = 0; k < bits.length; k++) if (row[from + k]! >>> bits[k]! !== 0) return absent
    pack(layout, row, packed, 0, from)
    const hash = this.code.hash(packed, 0)
    const mask = table.length - 1
    for (let at = hash & mask; table[at] !== 0; at = (at + 1) & mask) {
      if (((table[at]! ^ hash) & ~mask) !== 0) continue
      const state = (table[at]! & mask) - 1
      let w = 0
      while (w < words && rows[state * words + w] === packed[w]) w++
      if (w === words) return state
    }
    return absent
  }

  /** Whether numbers below these sizes can be stored as things are. */
  fits(sizes: ReadonlyArray<number>): boolean {
    return hasRoom(this.layout, sizes)
  }

  /** Packs every row anew, so that numbers below these sizes can be stored. */
  widen(sizes: ReadonlyArray<number>): void {
    const from = this.layout
    const to = layoutFor(sizes)
    const rows = new Int32Array(this.count * to.words)
    repack(from, this.rows, this.count, to, rows)
    this.layout = to
    this.code = storeCode(to.words)
    this.packed = new Int32Array(to.words)
    this.rows = this.arrays.ints("rows", this.room * to.words)
    this.rows.set(rows)
    this.reindex(this.table.length)
  }

  private makeRoom(more: number): void {
    const need = this.count + more
    if (need > this.room) {
      while (need > this.room) this.room += this.room < 1 << 22 ? this.room : this.room >> 1
      this.parents = this.arrays.ints("parents", this.room)
      this.rows = this.arrays.ints("rows", this.room * this.layout.words)
    }
    let slots = this.table.length
    while (need * slotsPerState > slots) slots *= 2
    if (slots > this.table.length) this.reindex(slots)
  }

  private reindex(slots: number): void {
    this.table = this.arrays.ints("table", slots)
    this.table.fill(0)
    this.code.index(this.rows, 0, this.count, this.table, 0, 1)
  }
}
