/** What the laws of view building say of a whole history. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import { type Breach, isOwedBy, judgedBy, judgingOf } from "../judged.ts"

/** Laws about how much time lies between two steps: journals of processes tell none. */
const aboutTime: ReadonlyArray<string> = ["VB-S22", "VB-S24"]

/** Every law that running processes can be judged by. */
export const judging = judgingOf<ViewBuildingLabel>(buildingLaws).filter(({ id }) => !aboutTime.includes(id))

export const judged = (labels: ReadonlyArray<ViewBuildingLabel>): ReadonlyArray<Breach> => judgedBy(judging, labels)

/** Whether somebody waits for something at the end of these labels. */
export const isOwed = (labels: ReadonlyArray<ViewBuildingLabel>): boolean => isOwedBy(judging, labels)
