import { Observer } from "../../../../impl/view-building/node/observer.ts"
import type { ViewId } from "../../../../spec/view-building/ids.ts"
import { type BuildingState, statusesOf } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class TakesAnyStatus extends Observer {
  protected override isBuilt(state: BuildingState, view: ViewId): boolean {
    return statusesOf(state, view).length > 0
  }
}

export const M64 = mutant(
  "M64",
  {
    sentence: "A node takes a view for built as soon as anything is said of it.",
    origin: "plausible; ours",
    breaks: ["S10n"],
    seenIn: "a view of a base with rows"
  },
  { machinery: { Observer: TakesAnyStatus } }
)
