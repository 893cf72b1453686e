/** A history in the protocol's words, one line for each label. */
import type { TableId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingSentence } from "../../report/view-building/building-words.ts"
import type { Life } from "../soak.ts"

/** How many lines of a story are told up to the end of it. */
const told = 60

/** What led to a place in a history, as far as it concerns a base. */
export const storyOf = (
  { labels }: Pick<Life<ViewBuildingLabel>, "labels">,
  at: number,
  base: TableId
): ReadonlyArray<string> =>
  labels
    .slice(0, at + 1)
    .filter((label, index) => index === at || concerns(label, base))
    .slice(-told)
    .map(buildingSentence)

const concerns = (label: ViewBuildingLabel, base: TableId): boolean => {
  if (label._tag === "Applied" || label._tag === "GuardTaken") return false
  if ("base" in label) return label.base === base
  // Views are named after the round of their base.
  if ("view" in label) return label.view.startsWith(`${base.replace("t", "v")}-`)
  if ("change" in label && "base" in label.change) return label.change.base === base
  return true
}
