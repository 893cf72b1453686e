/** The common battery of the building of views: the same stories and storms for everybody. */

import { type Broken, brokenBy } from "../../adapters/view-building-cluster/broken.ts"
import type { MutantResult } from "../../cli/museum-api.ts"
import type { BuildingMutant } from "./mutant.ts"
import { builds } from "./stories/builds.ts"
import { calls } from "./stories/calls.ts"
import { collections } from "./stories/collections.ts"
import { moves } from "./stories/moves.ts"
import { sstables } from "./stories/sstables.ts"
import { staging } from "./stories/staging.ts"
import { tablets } from "./stories/tablets.ts"
import { workers } from "./stories/workers.ts"
import { lawsOf, type Story, type Told, tell } from "./story.ts"

export const stories: ReadonlyArray<Story> = [
  ...builds,
  ...calls,
  ...tablets,
  ...staging,
  ...sstables,
  ...collections,
  ...moves,
  ...workers
]

type Found = Omit<MutantResult, "millis">

const inOrder = (seenIn: string | undefined): ReadonlyArray<Story> =>
  stories.toSorted((one, other) => Number(other.name === seenIn) - Number(one.name === seenIn))

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken.
 *
 * That law is looked for by itself first. A mutant that does not break it anywhere is judged by all laws, and what it breaks
 * first is told; or what fails without breaking any.
 */
export const face = async ({ id, breaks, change, seenIn, same }: BuildingMutant): Promise<Found> => {
  const all: Array<readonly [Story, Told]> = []
  for (const story of inOrder(seenIn)) {
    const told = await tell(story, change)
    all.push([story, told])
    const own = lawsOf(story).filter((law) => law.id === breaks[0])
    const [found] = brokenBy(told.labels, own)
    if (found !== undefined) return killed(id, story, told, found)
  }
  for (const [story, told] of all) {
    const [found] = brokenBy(told.labels, lawsOf(story))
    if (found !== undefined) return killed(id, story, told, found)
  }
  for (const [{ name }, { labels, defects }] of all)
    if (defects[0] !== undefined)
      return { id, verdict: "killed", law: null, by: name, length: labels.length, what: defects[0] }
  if (same !== undefined) return { id, verdict: "equivalent", law: null, by: "all stories", length: null, what: same }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

const killed = (id: string, { name }: Story, { labels }: Told, { law, at, why }: Broken): Found => ({
  id,
  verdict: "killed",
  law,
  by: name,
  length: at === null ? labels.length : at + 1,
  what: why
})
