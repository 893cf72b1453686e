/** Candidates: rows on their way to the store, and what happens to them when rows get longer or more. */
import { longer } from "./arrays.ts"
import type { Layout } from "./layout.ts"
import { repack } from "./repack.ts"
import { type Candidates, storeCode } from "./store-code.ts"

/** Makes room for so many candidates of so many words. */
export const enlarge = (candidates: Candidates, room: number, words: number): void => {
  candidates.rows = longer(candidates.rows, room * words)
  candidates.hashes = longer(candidates.hashes, room)
  candidates.parents = longer(candidates.parents, room)
}

/** Packs candidates anew. Where rows are long enough for any layout they stay in the same array, for others to see. */
export const packAnew = (
  candidates: Candidates,
  count: number,
  from: Layout,
  to: Layout,
  longEnough: boolean
): void => {
  if (!longEnough) candidates.rows = longer(candidates.rows, candidates.parents.length * Math.max(from.words, to.words))
  repack(from, candidates.rows, count, to, candidates.rows)
  const { hash } = storeCode(to.words)
  for (let j = 0; j < count; j++) candidates.hashes[j] = hash(candidates.rows, j * to.words)
}
