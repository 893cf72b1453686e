/** A plain store of rows, for states that are not found breadth first. */
import { grown } from "./batch.ts"
import { absent, PairNumbers } from "./pairs.ts"
import type { Store } from "./reached.ts"

/** Distinct rows in the order in which they came, each with the state before it. Exact: a row is numbered like a tuple. */
export class Rows implements Store {
  count = 0
  parents = new Int32Array(1 << 8)
  private rows: Int32Array
  private readonly width: number
  private readonly pairs: ReadonlyArray<PairNumbers>
  /** The state of each number that stands for a whole row. */
  private readonly states = new Map<number, number>()

  constructor(width: number) {
    this.width = width
    this.rows = new Int32Array(width << 8)
    this.pairs = Array.from({ length: width - 1 }, () => new PairNumbers())
  }

  /** The state of the row at `from`, a new one if there was none. */
  add(row: Int32Array, from: number, parent: number): number {
    const key = this.key(row, from)
    const known = this.states.get(key)
    if (known !== undefined) return known
    const state = this.count++
    if (state === this.parents.length) {
      this.parents = grown(this.parents)
      this.rows = grown(this.rows)
    }
    this.states.set(key, state)
    this.parents[state] = parent
    this.rows.set(row.subarray(from, from + this.width), state * this.width)
    return state
  }

  find(row: Int32Array, from: number): number {
    return this.states.get(this.key(row, from)) ?? absent
  }

  read(state: number, into: Int32Array): void {
    into.set(this.rows.subarray(state * this.width, (state + 1) * this.width))
  }

  at(state: number, position: number): number {
    return this.rows[state * this.width + position]!
  }

  private key(row: Int32Array, from: number): number {
    let key = row[from]!
    for (let k = 1; k < this.width; k++) key = this.pairs[k - 1]!.number(key, row[from + k]!)
    return key
  }
}
