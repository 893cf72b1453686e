/** What was covered where not all was seen. */
import { count } from "../report/counts.ts"
import type { ExploredScope } from "./explored-scope.ts"
import type { Effort } from "./searches.ts"

const mebibyte = 2 ** 20

/** One sentence on an exploration that stopped; nothing on one that saw all. */
export const coveredLine = ({ scope, found }: ExploredScope, effort: Effort): ReadonlyArray<string> => {
  const { stoppedBecause: why, counts } = found
  if (why === undefined) return []
  const states = `${count(counts.distinct)} ${counts.distinct === 1 ? "state" : "states"}`
  if (effort.walks !== undefined) {
    const { walks, steps, seed } = effort.walks
    const by = why === "interrupted" ? "walks that were interrupted" : walks === 1 ? "1 walk" : `${count(walks)} walks`
    return [
      `${scope.name}: ${by} of at most ${count(steps)} steps, seed ${seed}, came through ${states}, at most ${counts.depth} steps away; the rest is unknown`
    ]
  }
  return [
    `${scope.name}: ${reason(why, effort)}; covered are ${states}, among them ${near(counts.depth)}; the rest is unknown`
  ]
}

const reason = (why: string, { maxStates = 0, maxMemoryBytes = 0 }: Effort): string => {
  if (why === "maxStates") return `stopped at the limit of ${count(maxStates)} states`
  if (why === "maxMemory") return `stopped at the limit of ${count(maxMemoryBytes / mebibyte)} MiB`
  return "interrupted"
}

/** Breadth first: only the deepest level may lack states. */
const near = (depth: number): string =>
  depth <= 1 ? "the initial one" : `all that are at most ${count(depth - 1)} ${depth === 2 ? "step" : "steps"} away`
