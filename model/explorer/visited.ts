/** The state store: every distinct row once, exactly and packed, with the state from which it was reached first. */
import { type Arrays, ownArrays } from "./arrays.ts"
import { hasRoom, type Layout, layoutFor, pack, unpack } from "./layout.ts"
import { absent } from "./pairs.ts"
import { repack } from "./repack.ts"
import { type Candidates, partIn, type StoreCode, storeCode } from "./store-code.ts"

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
  code: StoreCode
  /** Slots of all parts, one part behind the other. */
  table: Int32Array
  /** A row belongs to the part that its hash says, so that workers can store without waiting for each other. */
  readonly parts: number
  private readonly arrays: Arrays
  private guess = new Int32Array(0)
  /** A packed row, where one is needed for a moment. */
  private packed: Int32Array
  room = smallest

  constructor(sizes: ReadonlyArray<number>, arrays: Arrays = ownArrays(), parts = 1) {
    this.parts = parts
    this.arrays = arrays
    this.layout = layoutFor(sizes)
    this.code = storeCode(this.layout.words)
    this.rows = arrays.ints("rows", this.room * this.layout.words)
    this.parents = arrays.ints("parents", this.room)
    this.table = arrays.ints("table", smallest * 2 * parts)
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
    for (let part = 0; part < this.parts; part++) this.indexPart(part)
  }

  /** Stores the candidates that are new, in order. */
  place(candidates: Candidates, count: number): void {
    this.makeRoom(count)
    if (this.guess.length < count) this.guess = new Int32Array(candidates.parents.length)
    const { rows, parents, table, guess } = this
    this.count = this.code.place(candidates, count, table, rows, parents, this.count, guess)
  }

  /** Takes over the states of another store. */
  restore(layout: Layout, rows: Int32Array, parents: Int32Array): void {
    this.adopt(layout)
    const { room, slots } = this.wanted(parents.length)
    this.resize(room, slots)
    this.count = parents.length
    this.rows.set(rows)
    this.parents.set(parents)
    for (let part = 0; part < this.parts; part++) this.indexPart(part)
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
    const { numbers, parts } = this
    const mask = table.length / parts - 1
    const base = (mask + 1) * (parts > 1 ? partIn(hash, parts) : 0)
    for (let at = hash & mask; table[base + at] !== 0; at = (at + 1) & mask) {
      if (((table[base + at]! ^ hash) & ~numbers) !== 0) continue
      const state = (table[base + at]! & numbers) - 1
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
    this.packAnew(layoutFor(sizes))
    // The table is filled again anyway, so it may as well grow now if it would have to before long.
    this.resize(this.room, this.wanted(this.count >> 2).slots)
    for (let part = 0; part < this.parts; part++) this.indexPart(part)
  }

  /** Packs every row into another layout. The table has to be filled again after that. */
  packAnew(to: Layout): void {
    const from = this.layout
    this.adopt(to)
    repack(from, this.rows, this.count, to, this.rows)
  }

  /** Goes over to another layout, whoever packs the rows. */
  adopt(layout: Layout): void {
    this.layout = layout
    this.code = storeCode(layout.words)
    this.packed = new Int32Array(layout.words)
    this.rows = this.arrays.ints("rows", Math.max(this.room * layout.words, this.rows.length))
  }

  /** Room for as many states, and as many slots, as someone else has made already or is about to use. */
  resize(room: number, slots: number): void {
    this.room = room
    this.parents = this.arrays.ints("parents", room)
    this.rows = this.arrays.ints("rows", Math.max(room * this.layout.words, this.rows.length))
    this.table = this.arrays.ints("table", slots)
  }

  /** How many states and slots there must be for `more` states: now, or twice as much. */
  wanted(more: number): { readonly room: number; readonly slots: number } {
    const need = this.count + more
    let { room } = this
    while (need > room) room += room < 1 << 22 ? room : room >> 1
    let slots = this.table.length
    while (need * slotsPerState > slots) slots *= 2
    return { room, slots }
  }

  /** Puts every state of one part into its slots. */
  indexPart(part: number): void {
    const slots = this.table.length / this.parts
    const table = this.table.subarray(part * slots, (part + 1) * slots)
    table.fill(0)
    this.code.index(this.rows, 0, this.count, table, this.numbers, part, this.parts)
  }

  /** The bits of a slot that hold a state's number. */
  get numbers(): number {
    return (2 << (31 - Math.clz32(this.table.length - 1))) - 1
  }

  private makeRoom(more: number): void {
    const before = this.table.length
    const { room, slots } = this.wanted(more)
    if (room === this.room && slots === before) return
    this.resize(room, slots)
    if (slots > before) this.indexPart(0)
  }
}
