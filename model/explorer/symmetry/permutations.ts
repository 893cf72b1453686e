/** Permutations as lists, and as small numbers where they are used again and again. */
import type { Permutation } from "../../kernel/symmetry.ts"
import { PairNumbers } from "../pairs.ts"

/** Leaves every index as it is. */
export const identity = (size: number): Permutation => Array.from({ length: size }, (_, index) => index)

/** First `inner`, then `outer`. */
export const after = (outer: Permutation, inner: Permutation): Permutation => inner.map((index) => outer[index]!)

/** Undoes a permutation. */
export const inverse = (permutation: Permutation): Permutation => {
  const undone = [...permutation]
  for (const [index, to] of permutation.entries()) undone[to] = index
  return undone
}

/** Exchanges an index with the one behind it. */
export const exchange = (size: number, index: number): Permutation =>
  identity(size).map((one) => (one === index ? index + 1 : one === index + 1 ? index : one))

/** All orders of some entries. */
export const orders = <A>(entries: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  entries.length < 2
    ? [entries]
    : entries.flatMap((first, k) => orders(entries.filter((_, other) => other !== k)).map((rest) => [first, ...rest]))

/** Permutations numbered in order of appearance. */
export class Permutations {
  private readonly folds: Array<PairNumbers> = []
  private readonly numbers = new Map<number, number>()
  private readonly list: Array<Permutation> = []

  number(permutation: ArrayLike<number>): number {
    let key = 0
    for (let k = 0; k < permutation.length; k++) {
      this.folds[k] ??= new PairNumbers()
      key = this.folds[k]!.number(key, permutation[k]!)
    }
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.list.length)
    return this.list.push(Array.from(permutation)) - 1
  }

  at(number: number): Permutation {
    return this.list[number]!
  }
}
