/** One part of the battery: a story that somebody wrote, or a storm that a seed decides. */

import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import { Storm } from "../../adapters/view-building-cluster/storm.ts"
import type { Change } from "./mutant.ts"
import { lawsOf, type Story, type Told, tell } from "./story.ts"

export interface Trial {
  readonly name: string
  /** What it can be judged by. */
  readonly laws: ReadonlyArray<Law<ViewBuildingLabel>>
  readonly tell: (change: Change) => Promise<Told>
}

export const trialOf = (story: Story): Trial => ({
  name: story.name,
  laws: lawsOf(story),
  tell: (change) => tell(story, change)
})

const steps = 60

export const storm = (seed: number): Trial => ({
  name: `storm ${seed}`,
  laws: buildingLaws,
  tell: async (change) => {
    const labels: ViewBuildingLabel[] = []
    try {
      const { cluster } = await Storm.of(seed, steps, { ...change, heard: (label) => labels.push(label) })
      return { labels, defects: cluster.defects.map(String) }
    } catch (error) {
      // A storm that something is stuck in does not end well, and what was told of it says why.
      return { labels, defects: [String(error)] }
    }
  }
})
