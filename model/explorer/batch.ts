/** A batch of successors on their way to the state store. */

/** Rows with where each came from. Grows as needed, so that a state's successors always fit. */
export class Batch {
  count = 0
  rows: Int32Array
  parents: Int32Array
  rules: Int32Array
  lists: Int32Array
  readonly width: number
  private capacity: number

  constructor(width: number, capacity: number) {
    this.width = width
    this.capacity = capacity
    this.rows = new Int32Array(capacity * width)
    this.parents = new Int32Array(capacity)
    this.rules = new Int32Array(capacity)
    this.lists = new Int32Array(capacity)
  }

  /** Makes room for one more row and says where it begins. */
  next(): number {
    if (this.count === this.capacity) {
      this.capacity *= 2
      this.rows = grown(this.rows)
      this.parents = grown(this.parents)
      this.rules = grown(this.rules)
      this.lists = grown(this.lists)
    }
    return this.count * this.width
  }

  /** Counts the row that was written where `next` said. */
  push(parent: number, rule: number, list: number): void {
    this.parents[this.count] = parent
    this.rules[this.count] = rule
    this.lists[this.count++] = list
  }
}

/** A copy with twice the room. */
export const grown = (array: Int32Array): Int32Array<ArrayBuffer> => {
  const copy = new Int32Array(array.length * 2)
  copy.set(array)
  return copy
}
