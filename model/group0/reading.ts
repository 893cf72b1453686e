/** How a member of group 0 follows the log: in order, in its own time, and past states that a snapshot spares it. */
import type { Position } from "../../spec/metadata.ts"

/** What a member has a snapshot of. */
export const firstPosition = 0 as Position

/**
 * Where a part of a node goes next: where the node's other parts are already, or else one entry on, or several at once.
 *
 * A node begins with the next entry when all of its parts have gone over to the last.
 */
export const following = (
  at: Position,
  elsewhere: ReadonlyArray<Position>,
  head: Position,
  skips: boolean
): ReadonlyArray<Position> => {
  const ahead = Math.max(at, ...elsewhere) as Position
  if (ahead > at) return [ahead]
  // The others of this node are behind or level: behind means that they have to come first.
  if (at === head || elsewhere.some((other) => other < at)) return []
  const next = (at + 1) as Position
  return skips && head > next ? [next, head] : [next]
}
