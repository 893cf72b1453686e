/** Explorations that the numbers of the chapter on view building come from. */
import type { LawResult } from "../../../model/explorer/exploration.ts"
import { explore } from "../../../model/explorer/explore.ts"
import { asPinned } from "../../../model/kernel/scope.ts"
import { viewBuilding } from "../../../model/view-building/index.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { exploringOf } from "../exploring-of.ts"

export const { scopes } = viewBuilding

export const { scopeNamed, commandFor, exploredScope, numberOf, breaks } = exploringOf<ViewBuildingLabel>(
  "view-building",
  "VB",
  scopes
)

export type Shortest = Required<Pick<LawResult<ViewBuildingLabel>, "story" | "length" | "why">> &
  Pick<LawResult<ViewBuildingLabel>, "lasso">

/**
 * The shortest story in which a law breaks in a scope. Throws where none does, or where it is not as long as is pinned.
 *
 * The other laws are left out: they remember more, so that there is more to be walked, and this one is found in the same steps.
 */
export const shortest = (name: string, number: string): Shortest => {
  const id = `VB-${number}`
  const scope = scopeNamed(name)
  const system = scope.system(asPinned)
  const laws = system.laws.filter((law) => law.id === id)
  const isSafety = laws.every(({ modality }) => modality === "history")
  const found = explore({ ...system, laws }, isSafety ? { stopWhenAllOf: [id] } : {}).laws[0]
  const pinned = scope.mustFail.find(({ law }) => law === id)?.length
  if (found?.story === undefined || found.length === undefined || found.why === undefined)
    throw new TypeError(`${number} does not break in ${name}`)
  if (found.length !== pinned) throw new TypeError(`${number} breaks in ${name} in ${found.length}, not in ${pinned}`)
  const { story, length, why, lasso } = found
  return { story, length, why, ...(lasso === undefined ? {} : { lasso }) }
}
