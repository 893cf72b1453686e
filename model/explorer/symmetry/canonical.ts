/** The canonical form of a row: one row for all that differ by a renaming only. */
import { PairNumbers } from "../pairs.ts"
import { exchange, identity, orders } from "./permutations.ts"
import type { Renamer } from "./renamer.ts"

/** Up to so many indices every permutation is tried. */
const allTried = 4
/** So many orders of indices that look alike and are not are tried at most. What is not tried costs states, never an answer. */
const mostOrders = 24

/** Finds canonical forms. Exact up to four indices; beyond them exact wherever indices that look alike are alike. */
export class Canonical<L> {
  private readonly renamer: Renamer<L>
  private readonly width: number
  private readonly all: ReadonlyArray<number> | undefined
  private readonly exchanges: ReadonlyArray<number>
  private readonly trial: Int32Array
  /** For each index, all that the row says about it as one number. */
  private readonly looks: Int32Array
  private readonly folds: ReadonlyArray<PairNumbers>
  /** The indices sorted by their looks. */
  private readonly order: Int32Array
  private readonly to: Int32Array

  constructor(renamer: Renamer<L>, width: number) {
    const { size, permutations, columns } = renamer
    this.renamer = renamer
    this.width = width
    this.all = size <= allTried ? orders(identity(size)).map((order) => permutations.number(order)) : undefined
    this.exchanges = identity(size - 1).map((index) => permutations.number(exchange(size, index)))
    this.trial = new Int32Array(width)
    this.looks = new Int32Array(size)
    this.folds = columns.map(() => new PairNumbers())
    this.order = new Int32Array(size)
    this.to = new Int32Array(size)
  }

  /** Writes the canonical form of the row at `from` into `into`. Returns the number of the permutation that leads to it. */
  form(row: Int32Array, from: number, into: Int32Array): number {
    if (this.all !== undefined) return this.smallest(this.all, row, from, into)
    this.sort(row, from)
    const sorting = this.placing(this.order)
    this.renamer.rename(row, from, sorting, into, 0)
    return this.lookalikesAreAlike(into) ? sorting : this.smallest(this.sortings(), row, from, into)
  }

  private smallest(permutations: ReadonlyArray<number>, row: Int32Array, from: number, into: Int32Array): number {
    let best = -1
    for (const permutation of permutations) {
      this.renamer.rename(row, from, permutation, this.trial, 0)
      if (best >= 0 && !this.isSmaller(this.trial, into)) continue
      into.set(this.trial)
      best = permutation
    }
    return best
  }

  private isSmaller(one: Int32Array, other: Int32Array): boolean {
    for (let k = 0; k < this.width; k++) if (one[k] !== other[k]) return one[k]! < other[k]!
    return false
  }

  /** Sorts the indices by what the row says about them. */
  private sort(row: Int32Array, from: number): void {
    const { looks, order, folds } = this
    const { columns, size } = this.renamer
    for (let index = 0; index < size; index++) {
      let look = 0
      for (let k = 0; k < columns.length; k++) look = folds[k]!.number(look, columns[k]!(row, from, index))
      looks[index] = look
      let place = index
      for (; place > 0 && looks[order[place - 1]!]! > look; place--) order[place] = order[place - 1]!
      order[place] = index
    }
  }

  /** The number of the permutation that puts the indices into this order. */
  private placing(order: ArrayLike<number>): number {
    for (let place = 0; place < this.to.length; place++) this.to[order[place]!] = place
    return this.renamer.permutations.number(this.to)
  }

  /** Whether exchanging any two neighbours that look alike leaves a sorted row as it is. */
  private lookalikesAreAlike(sorted: Int32Array): boolean {
    const { looks, order, trial, width } = this
    for (let place = 0; place + 1 < order.length; place++) {
      if (looks[order[place]!] !== looks[order[place + 1]!]) continue
      this.renamer.rename(sorted, 0, this.exchanges[place]!, trial, 0)
      for (let k = 0; k < width; k++) if (trial[k] !== sorted[k]) return false
    }
    return true
  }

  /** Permutations that sort the indices, with those that look alike in several orders. */
  private sortings(): ReadonlyArray<number> {
    const groups: Array<Array<number>> = []
    for (const index of this.order) {
      const last = groups.at(-1)
      if (last !== undefined && this.looks[last[0]!] === this.looks[index]) last.push(index)
      else groups.push([index])
    }
    let sorted: ReadonlyArray<ReadonlyArray<number>> = [[]]
    for (const group of groups) {
      const some = factorial(group.length) * sorted.length <= mostOrders ? orders(group) : [group]
      sorted = sorted.flatMap((before) => some.map((order) => [...before, ...order]))
    }
    return sorted.map((order) => this.placing(order))
  }
}

const factorial = (of: number): number => (of < 2 ? 1 : of * factorial(of - 1))
