/** A plain store of rows, for states that are not found breadth first. */
import { grown } from "./batch.ts"
import { absent } from "./pairs.ts"
import type { Store } from "./reached.ts"

/** Distinct rows in the order in which they came, each with the state before it. Exact: rows are compared number by number. */
export class Rows implements Store {
  count = 0
  parents = new Int32Array(1 << 8)
  private rows: Int32Array
  private readonly width: number
  /** States by the hashes of their rows, at most half full. */
  private slots = new Int32Array(1 << 9).fill(absent)

  constructor(width: number) {
    this.width = width
    this.rows = new Int32Array(width << 8)
  }

  /** The state of the row at `from`, a new one if there was none. */
  add(row: Int32Array, from: number, parent: number): number {
    const slot = this.slot(row, from)
    if (this.slots[slot] !== absent) return this.slots[slot]!
    const state = this.count++
    if (state === this.parents.length) {
      this.parents = grown(this.parents)
      this.rows = grown(this.rows)
    }
    this.slots[slot] = state
    this.parents[state] = parent
    this.rows.set(row.subarray(from, from + this.width), state * this.width)
    if (this.count * 2 > this.slots.length) this.rehash()
    return state
  }

  find(row: Int32Array, from: number): number {
    return this.slots[this.slot(row, from)]!
  }

  read(state: number, into: Int32Array): void {
    into.set(this.rows.subarray(state * this.width, (state + 1) * this.width))
  }

  at(state: number, position: number): number {
    return this.rows[state * this.width + position]!
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(absent)
    for (let state = 0; state < this.count; state++) this.slots[this.slot(this.rows, state * this.width)] = state
  }

  /** Where the row's state stands, or the free place where it would. */
  private slot(row: Int32Array, from: number): number {
    const { slots, width } = this
    const mask = slots.length - 1
    let hash = 0
    for (let k = 0; k < width; k++) hash = Math.imul(hash ^ row[from + k]!, 0x9e3779b1) ^ (hash >>> 15)
    let at = (hash ^ (hash >>> 13)) & mask
    while (slots[at] !== absent && !this.isAt(slots[at]!, row, from)) at = (at + 1) & mask
    return at
  }

  private isAt(state: number, row: Int32Array, from: number): boolean {
    const { rows, width } = this
    for (let k = 0, at = state * width; k < width; k++, at++) if (rows[at] !== row[from + k]) return false
    return true
  }
}
