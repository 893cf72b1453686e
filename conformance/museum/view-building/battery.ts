/** The common battery of the building of views: the same stories and storms for everybody. */

import { type Broken, brokenBy } from "../../adapters/view-building-cluster/broken.ts"
import type { MutantResult } from "../../cli/museum-api.ts"
import { type Unbounded, unbounded } from "./bounds.ts"
import type { BuildingMutant, Change } from "./mutant.ts"
import { builds } from "./stories/builds.ts"
import { calls } from "./stories/calls.ts"
import { collections } from "./stories/collections.ts"
import { moves } from "./stories/moves.ts"
import { sstables } from "./stories/sstables.ts"
import { staging } from "./stories/staging.ts"
import { tablets } from "./stories/tablets.ts"
import { workers } from "./stories/workers.ts"
import { lawsOf, type Story, type Told, tell } from "./story.ts"
import { storm, type Trial, trialOf } from "./trial.ts"

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

/** Of the first storms, the reference passes as many in `conformance/adapters/view-building-cluster/storm.test.ts`. */
const storms = 20

/** Stories come first: they are shorter. */
export const battery: ReadonlyArray<Trial> = [
  ...stories.map(trialOf),
  ...Array.from({ length: storms }, (_, number) => storm(number + 1))
]

type Found = Omit<MutantResult, "millis">

const inOrder = (seenIn: string | undefined): ReadonlyArray<Trial> =>
  battery.toSorted((one, other) => Number(other.name === seenIn) - Number(one.name === seenIn))

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken.
 *
 * That law is looked for by itself first, or the bounds where none is named. A mutant that does not break it anywhere is judged
 * by all laws, and what it breaks first is told; or what fails without breaking any.
 */
export const face = async ({
  id,
  breaks,
  change: own,
  beside,
  seenIn,
  same,
  lawful
}: BuildingMutant): Promise<Found> => {
  const change = { ...beside, ...own }
  if (same !== undefined) return await compared(id, change, same)
  if (lawful !== undefined) return await harmless(id, change, seenIn, lawful)
  const all: Array<readonly [Trial, Told]> = []
  for (const trial of inOrder(seenIn)) {
    const told = await trial.tell(change)
    all.push([trial, told])
    const named = trial.laws.filter((law) => law.id === breaks[0])
    const found = breaks.length === 0 ? unbounded(told.labels) : brokenBy(told.labels, named)[0]
    if (found !== undefined) return killed(id, trial, told, found)
  }
  for (const [trial, told] of all) {
    const [found] = brokenBy(told.labels, trial.laws)
    if (found !== undefined) return killed(id, trial, told, found)
  }
  for (const [{ name }, { labels, defects }] of all)
    if (defects[0] !== undefined)
      return { id, verdict: "killed", law: null, by: name, length: labels.length, what: defects[0] }
  if (same !== undefined) return { id, verdict: "equivalent", law: null, by: "all stories", length: null, what: same }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

/**
 * Whether every story is told of it in the same words as of the reference, and breaks nothing.
 *
 * Their order may differ: what nodes do beside each other has none, and a story is only one of its orders.
 */
const compared = async (id: string, change: Change, why: string): Promise<Found> => {
  const by = `${stories.length} stories in the same words`
  for (const story of stories) {
    const [mutant, reference] = [await tell(story, change), await tell(story, {})]
    if (wordsOf(mutant) !== wordsOf(reference) || isWrong(story, mutant))
      return { id, verdict: "alive", law: null, by, length: null, what: `it is unlike the reference: ${story.name}` }
  }
  return { id, verdict: "equivalent", law: null, by, length: null, what: why }
}

/** Whether every story is told of it otherwise, or not, and breaks nothing, and the one that is made for it is told otherwise. */
const harmless = async (id: string, change: Change, seenIn: string | undefined, why: string): Promise<Found> => {
  const by = `${stories.length} stories`
  let isOther = false
  for (const story of stories) {
    const told = await tell(story, change)
    if (isWrong(story, told))
      return { id, verdict: "alive", law: null, by, length: null, what: `it is wrong: ${story.name}` }
    isOther ||= story.name === seenIn && wordsOf(told) !== wordsOf(await tell(story, {}))
  }
  return isOther
    ? { id, verdict: "equivalent", law: null, by, length: null, what: why }
    : { id, verdict: "alive", law: null, by, length: null, what: `nothing is to be seen of it: ${seenIn}` }
}

const isWrong = (story: Story, { labels, defects }: Told): boolean =>
  defects.length > 0 || brokenBy(labels, lawsOf(story)).length > 0

const wordsOf = ({ labels, defects }: Told): string =>
  JSON.stringify([defects, labels.map((label) => JSON.stringify(label)).sort()])

const killed = (id: string, { name }: Trial, { labels }: Told, { law, at, why }: Broken | Unbounded): Found => ({
  id,
  verdict: "killed",
  law,
  by: name,
  length: at === null ? labels.length : at + 1,
  what: why
})
