/** A small seeded generator of numbers (Marsaglia's xorshift32), so that a failing fuzz run can be repeated. */
export class Xorshift {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0 || 1
  }

  /** A u32. */
  next(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return x >>> 0
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number {
    return this.next() % limit
  }
}
