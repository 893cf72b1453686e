/** A map from pairs of small integers to integers: what every cache of the explorer is made of. */

/** What `get` answers for a pair that is not there. It may not be stored. */
export const absent = -1

/** Tables up to this many entries are dense however empty they are. */
const alwaysDense = 1 << 15
/** Larger ones are dense while at least one entry in this many is used: about as many as make them as small as hashed ones. */
const sparsest = 16
const largestDense = 1 << 24

/** Exact map from (a, b), both at least 0, to any integer but `absent`. */
export class Pairs {
  private count = 0
  private bitsOfA = 3
  private bitsOfB = 3
  entries = new Int32Array(64).fill(absent)
  /** Dense: the entry of (a, b) stands at `a << shift | b`. Negative when hashed: entries are (a, b, value, unused). */
  shift = 3

  /** How many pairs there are. */
  get size(): number {
    return this.count
  }

  get(a: number, b: number): number {
    const { shift, entries } = this
    if (shift >= 0) {
      const at = (a << shift) | b
      return b >>> shift === 0 && at < entries.length ? entries[at]! : absent
    }
    const at = this.slot(a, b)
    return entries[at]! < 0 ? absent : entries[at + 2]!
  }

  set(a: number, b: number, value: number): void {
    if (this.get(a, b) === absent) {
      this.count++
      this.bitsOfA = Math.max(this.bitsOfA, 32 - Math.clz32(a))
      this.bitsOfB = Math.max(this.bitsOfB, 32 - Math.clz32(b))
      this.makeRoom()
    }
    this.put(a, b, value)
  }

  /** Makes sure that a dense table has an entry for all pairs of numbers below `sizeOfA` and `sizeOfB`. */
  reserve(sizeOfA: number, sizeOfB: number): void {
    const bitsOfA = sizeOfA <= 1 ? 0 : 32 - Math.clz32(sizeOfA - 1)
    const bitsOfB = sizeOfB <= 1 ? 0 : 32 - Math.clz32(sizeOfB - 1)
    if (bitsOfA <= this.bitsOfA && bitsOfB <= this.bitsOfB) return
    this.bitsOfA = Math.max(this.bitsOfA, bitsOfA)
    this.bitsOfB = Math.max(this.bitsOfB, bitsOfB)
    this.makeRoom()
  }

  private makeRoom(): void {
    const { count, bitsOfA, bitsOfB, shift } = this
    const dense = 2 ** (bitsOfA + bitsOfB)
    if (dense <= alwaysDense || (dense <= count * sparsest && dense <= largestDense)) {
      if (shift !== bitsOfB || this.entries.length !== dense) this.rebuild(bitsOfB, dense)
    } else if (shift >= 0 || count * 8 > this.entries.length)
      this.rebuild(absent, 2 ** (35 - Math.clz32(Math.max(count, 1))))
  }

  private rebuild(shift: number, length: number): void {
    const { entries, shift: before } = this
    this.entries = new Int32Array(length).fill(absent)
    this.shift = shift
    if (before >= 0) {
      const mask = (1 << before) - 1
      for (let at = 0; at < entries.length; at++) {
        if (entries[at] !== absent) this.put(at >>> before, at & mask, entries[at]!)
      }
    } else {
      for (let at = 0; at < entries.length; at += 4) {
        if (entries[at]! >= 0) this.put(entries[at]!, entries[at + 1]!, entries[at + 2]!)
      }
    }
  }

  private put(a: number, b: number, value: number): void {
    if (this.shift >= 0) {
      this.entries[(a << this.shift) | b] = value
      return
    }
    const at = this.slot(a, b)
    this.entries[at] = a
    this.entries[at + 1] = b
    this.entries[at + 2] = value
  }

  /** Where (a, b) stands in the hashed table, or the free place where it would. */
  private slot(a: number, b: number): number {
    const { entries } = this
    const mask = entries.length - 1
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
    let at = ((hash ^ (hash >>> 13)) << 2) & mask
    while (entries[at]! >= 0 && (entries[at] !== a || entries[at + 1] !== b)) at = (at + 4) & mask
    return at
  }
}

/** Pairs numbered in order of appearance. */
export class PairNumbers {
  readonly pairs = new Pairs()
  private count = 0

  get size(): number {
    return this.count
  }

  number(a: number, b: number): number {
    const known = this.pairs.get(a, b)
    if (known !== absent) return known
    this.pairs.set(a, b, this.count)
    return this.count++
  }
}

/** A map from small integers to integers. */
export class Numbers {
  entries = new Int32Array(64).fill(absent)

  get(at: number): number {
    return at < this.entries.length ? this.entries[at]! : absent
  }

  set(at: number, value: number): void {
    this.reserve(at + 1)
    this.entries[at] = value
  }

  /** Makes sure that there is an entry for every number below `size`. */
  reserve(size: number): void {
    if (size <= this.entries.length) return
    const grown = new Int32Array(2 ** (32 - Math.clz32(size - 1))).fill(absent)
    grown.set(this.entries)
    this.entries = grown
  }
}
