/** What was covered where not all was seen. */
import type { Walked } from "../../model/explorer/walked.ts"
import { count } from "../report/counts.ts"
import type { ExploredScope } from "./explored-scope.ts"
import { defaultSeed } from "./numbers.ts"
import { isSample } from "./sampled.ts"
import type { Effort } from "./searches.ts"

const mebibyte = 2 ** 20

/** One sentence on an exploration that stopped; nothing on one that saw all. */
export const coveredLine = ({ scope, found }: ExploredScope, effort: Effort): ReadonlyArray<string> => {
  const { stoppedBecause: why, counts, walked } = found
  if (why === undefined) return []
  const states = several(counts.distinct, "state")
  if (effort.walks !== undefined && walked !== undefined) {
    const around = `looked around from ${states}, at most ${counts.depth} steps away`
    return [`${scope.name}: ${walksWords(walked, effort.walks)}; ${around}; the rest is unknown`]
  }
  if (isSample(found) && walked !== undefined && scope.sample !== undefined) {
    const { steps } = scope.sample
    return [
      `${scope.name}: too large to be seen to the end; covered are ${states}, among them ${near(counts.depth)}, and ${walksWords(walked, { steps, seed: defaultSeed })}; the rest is unknown`,
      `${scope.name}: to walk on: --scope ${scope.name} --walks 10000 --steps ${steps} --seed 2 --workers 2`
    ]
  }
  return [
    `${scope.name}: ${reason(why, effort)}; covered are ${states}, among them ${near(counts.depth)}; the rest is unknown`
  ]
}

const several = (number: number, what: string): string => `${count(number)} ${number === 1 ? what : `${what}s`}`

/** What walks came through, fewer than were asked for where somebody interrupted. */
const walksWords = (
  { walks, steps: taken, ended }: Walked,
  { steps, seed }: { readonly steps: number; readonly seed: number }
): string =>
  `${several(walks, "walk")} of at most ${count(steps)} steps, seed ${seed}, with ${several(taken, "step")}, of which ${count(ended)} came to an end`

const reason = (why: string, { maxStates = 0, maxMemoryBytes = 0 }: Effort): string => {
  if (why === "maxStates") return `stopped at the limit of ${count(maxStates)} states`
  if (why === "maxMemory") return `stopped at the limit of ${count(maxMemoryBytes / mebibyte)} MiB`
  return "interrupted"
}

/** Breadth first: only the deepest level may lack states. */
const near = (depth: number): string =>
  depth <= 1 ? "the initial one" : `all that are at most ${count(depth - 1)} ${depth === 2 ? "step" : "steps"} away`
