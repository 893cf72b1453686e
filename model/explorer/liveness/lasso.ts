/** The lasso that tells best how waiting may never end: nearest to the beginning, and then with the shortest loop. */

import { stays } from "./fair.ts"
import type { Edge } from "./fair-loop.ts"
import type { Graph } from "./graph.ts"
import { shortFairLoop } from "./short-loop.ts"

/** A state in which a fair run may begin to stay for ever, and how it then goes round: not at all where it just stops. */
export interface Lasso {
  readonly state: number
  readonly loop: ReadonlyArray<Edge>
}

/** So many states that are equally near are tried for the shortest loop. */
const tried = 8

/**
 * A lasso within the states that `inside` marks, or nothing where every fair run leaves them.
 *
 * States are numbered breadth first, and `levelEnd` says where the level of a state ends.
 */
export const nearestLasso = (
  graph: Graph,
  inside: Uint8Array,
  levelEnd: (state: number) => number
): Lasso | undefined => {
  const { stops, parts } = stays(graph, inside)
  let first = 0
  while (first < inside.length && stops[first] === 0 && parts[first] === 0) first++
  if (first === inside.length) return undefined
  const end = levelEnd(first)
  for (let state = first; state < end; state++) if (stops[state] !== 0) return { state, loop: [] }
  let best: Lasso | undefined
  for (let state = first, left = tried; state < end && left > 0; state++) {
    if (parts[state] === 0) continue
    left--
    const loop = shortFairLoop(graph, parts, state)
    if (best === undefined || loop.length < best.loop.length) best = { state, loop }
  }
  return best
}
