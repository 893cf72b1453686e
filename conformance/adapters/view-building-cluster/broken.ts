/** Which laws of view building a whole history breaks, and where. */
import type { Law, Memory } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"

export interface Broken {
  readonly law: string
  /** The label that broke it, counted from 0; null where somebody waits in the end. */
  readonly at: number | null
  readonly why: string
}

/** Each law where it first is broken. Who waits at the end waits for ever. */
export const brokenBy = (
  labels: ReadonlyArray<ViewBuildingLabel>,
  all: ReadonlyArray<Law<ViewBuildingLabel>> = buildingLaws
): ReadonlyArray<Broken> => {
  const memories = new Set(all.flatMap((law) => ("follows" in law ? [law.follows] : [])))
  return [...memories].flatMap((memory) =>
    following(
      labels,
      memory,
      all.filter((law) => "follows" in law && law.follows === memory)
    )
  )
}

const following = (
  labels: ReadonlyArray<ViewBuildingLabel>,
  memory: Memory<unknown, ViewBuildingLabel>,
  laws: ReadonlyArray<Law<ViewBuildingLabel>>
): ReadonlyArray<Broken> => {
  const broken = new Map<string, Broken>()
  let now = memory.init
  for (const [at, label] of labels.entries()) {
    const before = now
    now = memory.on(before, label)
    for (const law of laws) {
      const why = law.modality === "history" && !broken.has(law.id) ? law.breaks(before, label, now) : undefined
      if (why !== undefined) broken.set(law.id, { law: law.id, at, why })
    }
  }
  for (const law of laws) {
    const why = law.modality === "leadsTo" ? law.pending(now) : undefined
    if (why !== undefined) broken.set(law.id, { law: law.id, at: null, why })
  }
  return [...broken.values()]
}
