/** Walks that fast-check draws, each steered by those before, until nothing is left to be set apart. */
import fc from "fast-check"
import type { Chance } from "../../../model/explorer/random.ts"
import { type SteeredWalk, SteeredWalks } from "./steered.ts"

/** What is walked for: `C` is a design that may turn out not to explain what is seen. */
export interface Steering<C, I> {
  readonly seed: number
  readonly runs: number
  readonly interrupted: () => boolean
  /** Whether there is a design left. */
  readonly isOpen: () => boolean
  readonly draw: (draw: Chance) => SteeredWalk<I>
  /** Takes a walk, and returns the designs that do not explain it. */
  readonly walk: (walk: SteeredWalk<I>) => Promise<ReadonlyArray<C>>
  /** Whether less of a walk sets a design apart in the same way. It is what was found from then on. */
  readonly isShorter: (candidate: C, walk: SteeredWalk<I>) => Promise<boolean>
}

/** Walks that fast-check may try to shrink one: whatever is left too much is taken out one by one afterwards. */
const mostShrinks = 200

/**
 * One check of fast-check's for each walk that sets designs apart: it ends there, and shrinks that walk.
 *
 * Rejects as `walk` and `isShorter` do.
 */
export const walkSteered = async <C, I>(steering: Steering<C, I>): Promise<void> => {
  const { seed, runs, interrupted, isOpen } = steering
  const walks = fc.limitShrink(new SteeredWalks(steering.draw), mostShrinks)
  let left = runs
  for (let round = 0; left > 0 && isOpen() && !interrupted(); round++) {
    let found: ReadonlyArray<C> = []
    let trouble: { readonly error: unknown } | undefined
    const setsApart = async (walk: SteeredWalk<I>): Promise<boolean> => {
      if (found.length > 0) return await anyShorter(steering, found, walk)
      left--
      found = await steering.walk(walk)
      return found.length > 0
    }
    const property = fc.asyncProperty(walks, async (walk) => {
      // Nothing further is run then: with no skips allowed, fast-check ends at the first one.
      fc.pre(trouble === undefined && !interrupted())
      try {
        return !(await setsApart(walk))
      } catch (error) {
        trouble = { error }
        return true
      }
    })
    await fc.check(property, { seed: seed + round, numRuns: left, maxSkipsPerRun: 0 })
    if (trouble !== undefined) throw trouble.error
  }
}

const anyShorter = async <C, I>(
  { isShorter }: Steering<C, I>,
  found: ReadonlyArray<C>,
  walk: SteeredWalk<I>
): Promise<boolean> => {
  let any = false
  for (const candidate of found) any = (await isShorter(candidate, walk)) || any
  return any
}
