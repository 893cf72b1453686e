/** Layouts: how the numbers of a row are packed into words, so that a state of a dozen cells is a few integers. */

/** Bits used of a word. One is left free, so that the difference of two words is never the mark of an unknown one. */
export const wordBits = 31

/** Bits that a number may have beyond what it needs now. */
const mostSpare = 6

/** Where each number of a row stands: in which word, from which bit, and how many bits it has. */
export interface Layout {
  readonly words: number
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly bits: Int32Array
}

/** Bits that `size` different numbers need. */
export const bitsFor = (size: number): number => (size <= 1 ? 0 : 32 - Math.clz32(size - 1))

/** A number with more values than this is expected to grow. */
const mostSettled = 8

/**
 * A layout in which each number `k` of a row has room for `sizes[k]` values, for twice as many where there are several
 * already, and for more where the words have bits to spare: so that rows seldom have to be packed anew.
 */
export const layoutFor = (sizes: ReadonlyArray<number>): Layout => {
  const tight = placed(sizes.map((size) => bitsFor(size > mostSettled ? size * 2 : size)))
  const least = tight.words
  let best = tight
  const bits = [...tight.bits]
  for (let spare = 0; spare < mostSpare; spare++) {
    for (let k = 0; k < bits.length; k++) {
      bits[k]!++
      const wider = placed(bits)
      if (wider.words > least || bits[k]! > wordBits) bits[k]!--
      else best = wider
    }
  }
  return best
}

/** First fit, the widest first. Nothing is split over two words. */
const placed = (bits: ReadonlyArray<number>): Layout => {
  const word = new Int32Array(bits.length)
  const shift = new Int32Array(bits.length)
  const used: Array<number> = [0]
  const order = bits.map((_, k) => k).sort((a, b) => bits[b]! - bits[a]! || a - b)
  for (const k of order) {
    let at = used.findIndex((full) => full + bits[k]! <= wordBits)
    if (at < 0) at = used.push(0) - 1
    word[k] = at
    shift[k] = bits[k] === 0 ? 0 : used[at]!
    used[at]! += bits[k]!
  }
  return { words: used.length, word, shift, bits: Int32Array.from(bits) }
}

/** Whether every number below `sizes[k]` has room at position `k`. */
export const hasRoom = ({ bits }: Layout, sizes: ReadonlyArray<number>): boolean =>
  sizes.every((size, k) => bitsFor(size) <= bits[k]!)

/** Packs the numbers of a row, which begins at `from`, into words from `at` on. */
export const pack = ({ words, word, shift }: Layout, row: Int32Array, into: Int32Array, at: number, from = 0): void => {
  for (let w = 0; w < words; w++) into[at + w] = 0
  for (let k = 0; k < word.length; k++) into[at + word[k]!]! |= row[from + k]! << shift[k]!
}

/** Writes the numbers that are packed from `at` on to `row`. */
export const unpack = ({ word, shift, bits }: Layout, from: Int32Array, at: number, row: Int32Array): void => {
  for (let k = 0; k < word.length; k++) row[k] = (from[at + word[k]!]! >>> shift[k]!) & ((1 << bits[k]!) - 1)
}
