/** Chance that is the same every time: the same seed gives the same numbers, on any machine. */

/** A stream of numbers, each drawn evenly from those below a bound. */
export type Chance = (below: number) => number

/** A stream of its own for each seed and each number of a stream (a mixed Weyl sequence, 32 bits). */
export const chance = (seed: number, stream = 0): Chance => {
  let state = mixed(mixed(seed | 0) ^ Math.imul(stream + 1, 0x9e3779b9))
  return (below) => {
    state = (state + 0x9e3779b9) | 0
    // The high half of the product of two 32-bit numbers, so that every bit drawn counts.
    return Math.floor(((mixed(state) >>> 0) / 0x1_0000_0000) * below)
  }
}

const mixed = (value: number): number => {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return h ^ (h >>> 15)
}
