/** What the laws of view building say of a whole history. */
import type { Law, Memory } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"

/** Sentences about what these labels break, each law where it first is broken. Who waits at the end waits for ever. */
export const judged = (
  labels: ReadonlyArray<ViewBuildingLabel>,
  all: ReadonlyArray<Law<ViewBuildingLabel>> = buildingLaws
): ReadonlyArray<string> => {
  const memories = new Set(all.flatMap((law) => ("follows" in law ? [law.follows] : [])))
  return [...memories].flatMap((memory) =>
    judgedBy(
      labels,
      memory,
      all.filter((law) => "follows" in law && law.follows === memory)
    )
  )
}

const judgedBy = (
  labels: ReadonlyArray<ViewBuildingLabel>,
  memory: Memory<unknown, ViewBuildingLabel>,
  laws: ReadonlyArray<Law<ViewBuildingLabel>>
): ReadonlyArray<string> => {
  const broken = new Map<string, string>()
  let now = memory.init
  for (const [at, label] of labels.entries()) {
    const before = now
    now = memory.on(before, label)
    for (const law of laws) {
      const why = law.modality === "history" ? law.breaks(before, label, now) : undefined
      if (why !== undefined && !broken.has(law.id)) broken.set(law.id, `${law.id} at ${at}, ${label._tag}: ${why}`)
    }
  }
  for (const law of laws) {
    const why = law.modality === "leadsTo" ? law.pending(now) : undefined
    if (why !== undefined) broken.set(law.id, `${law.id} in the end: ${why}`)
  }
  return [...broken.values()]
}
