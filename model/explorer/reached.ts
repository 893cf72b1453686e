/** What an exploration reached, for whoever looks at it again: steps are not stored, they are computed anew from the tables. */
import { Batch } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import { deaf, type Listener, Successors } from "./successors.ts"

/** Is told a step: from which state to which, by the rule at which position, with which list of labels. */
export type OnStep = (from: number, to: number, rule: number, list: number) => void

/** Some of the states. */
interface Wanted {
  has(state: number): boolean
}

/** States as rows of numbers, each with the state from which it was reached first. */
export interface Store {
  readonly count: number
  readonly parents: Int32Array
  /** Copies the row of a state. */
  read(state: number, into: Int32Array): void
  /** One number of a state's row. */
  at(state: number, position: number): number
  /** The state whose row stands at `from`, or `absent`. */
  find(row: Int32Array, from: number): number
}

const batchSize = 512

/** The states of an exploration, numbered breadth first. */
export class Reached<L> {
  readonly compiled: Compiled<L>
  readonly visited: Store
  /** States from this one on were seen but never expanded. */
  readonly expanded: number
  private readonly batch: Batch
  private readonly successors: Successors<L>
  /** The row of the state read last. */
  private readonly row: Int32Array
  private starts: ReadonlyArray<number> | undefined

  constructor(compiled: Compiled<L>, visited: Store, expanded = visited.count) {
    this.compiled = compiled
    this.visited = visited
    this.expanded = expanded
    this.batch = new Batch(compiled.width, batchSize * 2)
    this.successors = new Successors(compiled)
    this.row = new Int32Array(compiled.width)
  }

  /** The first state of each level, and behind the last level the number of states. */
  levels(): ReadonlyArray<number> {
    if (this.starts !== undefined) return this.starts
    const { parents, count } = this.visited
    const starts = [0]
    for (let state = 1; state < count; state++) if (parents[state]! >= starts.at(-1)!) starts.push(state)
    this.starts = [...starts, count]
    return this.starts
  }

  /** How many steps the state is away from the initial one. */
  depth(state: number): number {
    const starts = this.levels()
    let low = 0
    let high = starts.length - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= state) low = middle
      else high = middle
    }
    return low
  }

  /** The number at a position of a state's row: first the cells, then the memories. */
  number(state: number, position: number): number {
    return this.visited.at(state, position)
  }

  /** Computes every footprint for a state. */
  read(state: number): void {
    this.visited.read(state, this.row)
    this.compiled.footprints.read(this.row, 0)
  }

  /** Tells every step from the states in a range, in order; those that are not `wanted` are left out. */
  steps(first: number, end: number, onStep: OnStep, wanted?: Wanted, listener: Listener = deaf): void {
    const { row, batch, successors } = this
    for (let state = first; state < end; state++) {
      if (wanted !== undefined && !wanted.has(state)) continue
      this.read(state)
      successors.expand(row, 0, state, batch, listener)
      if (batch.count >= batchSize) this.flush(onStep)
    }
    this.flush(onStep)
  }

  private flush(onStep: OnStep): void {
    const { visited, batch } = this
    for (let j = 0; j < batch.count; j++) {
      onStep(batch.parents[j]!, visited.find(batch.rows, j * batch.width), batch.rules[j]!, batch.lists[j]!)
    }
    batch.count = 0
  }
}
