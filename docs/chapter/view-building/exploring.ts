/** Explorations that the numbers of the chapter on view building come from. */
import { viewBuilding } from "../../../model/view-building/index.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import { exploringOf } from "../exploring-of.ts"
import { storiesOf } from "../stories-of.ts"

export const { scopes } = viewBuilding

const [protocol, prefix] = ["view-building", "VB"]

export const { scopeNamed, commandFor, exploredScope, numberOf, breaks } = exploringOf<ViewBuildingLabel>(
  protocol,
  prefix,
  scopes
)

export const { storyText } = storiesOf<ViewBuildingLabel>({ protocol, prefix, laws: buildingLaws, scopes })
