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
import type { Story, Told } from "./story.ts"
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

/** Has a trial told of somebody. */
type Telling = (trial: Trial) => Promise<Told>

/** A mutant beside the reference. */
export interface Compared {
  readonly mutant: Telling
  readonly reference: Telling
}

/** Everything that is another way with a mutant. */
export const changeOf = ({ beside, change }: BuildingMutant): Change => ({ ...beside, ...change })

const inProcess = (mutant: BuildingMutant): Compared => ({
  mutant: (trial) => trial.tell(changeOf(mutant)),
  reference: (trial) => trial.tell({})
})

type Found = Omit<MutantResult, "millis">

const inOrder = (seenIn: string | undefined): ReadonlyArray<Trial> =>
  battery.toSorted((one, other) => Number(other.name === seenIn) - Number(one.name === seenIn))

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken.
 *
 * That law is looked for by itself first, or the bounds where none is named. A mutant that does not break it anywhere is judged
 * by all laws, and what it breaks first is told; or what fails without breaking any.
 */
export const face = async (mutant: BuildingMutant, told: Compared = inProcess(mutant)): Promise<Found> => {
  const { id, breaks, seenIn, lawful } = mutant
  if (lawful !== undefined) return await harmless(id, told, seenIn, lawful)
  const all: Array<readonly [Trial, Told]> = []
  for (const trial of inOrder(seenIn)) {
    const history = await told.mutant(trial)
    all.push([trial, history])
    const named = trial.laws.filter((law) => law.id === breaks[0])
    const found = breaks.length === 0 ? unbounded(history.labels) : brokenBy(history.labels, named)[0]
    if (found !== undefined) return killed(id, trial, history, found)
  }
  for (const [trial, history] of all) {
    const [found] = brokenBy(history.labels, trial.laws)
    if (found !== undefined) return killed(id, trial, history, found)
  }
  for (const [{ name }, { labels, defects }] of all)
    if (defects[0] !== undefined)
      return { id, verdict: "killed", law: null, by: name, length: labels.length, what: defects[0] }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

/** Whether every story breaks nothing, in whatever words it is told of it, and the one that is made for it is told in others. */
const harmless = async (id: string, told: Compared, seenIn: string | undefined, why: string): Promise<Found> => {
  const by = `${stories.length} stories in which it breaks nothing`
  let isOther = false
  for (const story of stories.map(trialOf)) {
    const history = await told.mutant(story)
    if (isWrong(story, history))
      return { id, verdict: "alive", law: null, by, length: null, what: `it is wrong: ${story.name}` }
    isOther ||= story.name === seenIn && wordsOf(history) !== wordsOf(await told.reference(story))
  }
  return isOther
    ? { id, verdict: "equivalent", law: null, by, length: null, what: why }
    : { id, verdict: "alive", law: null, by, length: null, what: `nothing is to be seen of it: ${seenIn}` }
}

const isWrong = ({ laws }: Trial, { labels, defects }: Told): boolean =>
  defects.length > 0 || brokenBy(labels, laws).length > 0

/** Their order may differ: what nodes do beside each other has none, and a story is only one of its orders. */
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
