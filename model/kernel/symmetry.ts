/** Symmetry: parts of a system that could be exchanged without anybody noticing. */
import type { Memory } from "../../spec/law.ts"
import type { Cell } from "./cell.ts"

/** Index `i` becomes `permutation[i]`. */
export type Permutation = ReadonlyArray<number>

/** How the values of one cell or memory look once indices have other names. */
export interface Renaming {
  readonly of: Cell<unknown, unknown> | Memory<unknown, never>
  rename(value: unknown, to: Permutation): unknown
  /** All that the value says about one index, without naming it. Sorting by it spares trying every permutation. */
  about?(value: unknown, index: number): unknown
}

/** Indices that are interchangeable: nodes, vBuckets, tablets. */
export interface Symmetry {
  /** What they are, in the plural. */
  readonly of: string
  readonly size: number
  /** Cells of which there is one for each index, in the order of indices. */
  readonly families: ReadonlyArray<ReadonlyArray<Cell<unknown, unknown>>>
  /** For every cell and memory whose values name indices. */
  readonly renamings: ReadonlyArray<Renaming>
}

/** A renaming of a cell's or memory's values. */
export const renaming = <A>(
  of: Cell<A, never> | Memory<A, never>,
  rename: (value: A, to: Permutation) => A,
  about?: (value: A, index: number) => unknown
): Renaming => ({ of, rename, ...(about === undefined ? {} : { about }) }) as unknown as Renaming

/** A list with one entry for each index, renamed: the entry of `i` becomes that of `to[i]`. */
export const moved = <A>(list: ReadonlyArray<A>, to: Permutation): ReadonlyArray<A> => {
  const after = [...list]
  for (const [index, entry] of list.entries()) after[to[index]!] = entry
  return after
}
