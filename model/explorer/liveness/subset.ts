/** Some of the states, numbered by themselves in the same order: so that what is small costs little in a large graph. */

/** The states below `size` that are wanted. */
export class Subset {
  /** The wanted states, in order: their positions here are their new numbers. */
  readonly states: Int32Array
  private readonly bits: Int32Array
  /** How many states are wanted before each word of `bits`. */
  private readonly before: Int32Array

  constructor(size: number, isWanted: (state: number) => boolean) {
    this.bits = new Int32Array((size + 31) >>> 5)
    this.before = new Int32Array(this.bits.length + 1)
    for (let state = 0; state < size; state++) if (isWanted(state)) this.bits[state >>> 5]! |= 1 << (state & 31)
    for (const [word, bits] of this.bits.entries()) this.before[word + 1] = this.before[word]! + ones(bits)
    this.states = new Int32Array(this.before.at(-1)!)
    for (let state = 0, count = 0; state < size; state++) if (this.has(state)) this.states[count++] = state
  }

  has(state: number): boolean {
    return ((this.bits[state >>> 5]! >>> (state & 31)) & 1) === 1
  }

  /** How many wanted states come before `state`: its new number where it is wanted itself. */
  rank(state: number): number {
    const word = state >>> 5
    const below = state & 31
    return below === 0 ? this.before[word]! : this.before[word]! + ones(this.bits[word]! << (32 - below))
  }
}

/** The number of bits that are set. */
const ones = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
