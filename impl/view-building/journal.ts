import type { ViewBuildingLabel } from "../../spec/view-building/labels.ts"
import type { Journal as JournalOf } from "../runtime/journal.ts"

/** What a node tells of the building of views. */
export type Journal = JournalOf<ViewBuildingLabel>
