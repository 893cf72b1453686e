import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { brokenBy } from "./broken.ts"

/** What the laws of view building say of a whole history: a sentence about each that is broken. */
export const judged = (
  labels: ReadonlyArray<ViewBuildingLabel>,
  laws?: ReadonlyArray<Law<ViewBuildingLabel>>
): ReadonlyArray<string> =>
  brokenBy(labels, laws).map(({ law, at, why }) =>
    at === null ? `${law} in the end: ${why}` : `${law} at ${at}, ${labels[at]?._tag}: ${why}`
  )
