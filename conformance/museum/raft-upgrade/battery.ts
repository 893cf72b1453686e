/** The common battery of the way to group 0: the same stories and storms for everybody. */
import { type Broken, brokenBy } from "../../adapters/raft-upgrade-cluster/judged.ts"
import type { MutantResult } from "../../cli/museum-api.ts"
import { changeOf, type UpgradeMutant } from "./mutant.ts"
import { falls } from "./stories/falls.ts"
import { joining } from "./stories/joining.ts"
import { latecomers } from "./stories/latecomers.ts"
import { looking } from "./stories/looking.ts"
import { operating } from "./stories/operating.ts"
import { pulls } from "./stories/pulls.ts"
import { recovery } from "./stories/recovery.ts"
import { removal } from "./stories/removal.ts"
import { storage } from "./stories/storage.ts"
import { ways } from "./stories/ways.ts"
import type { Story, Told } from "./story.ts"
import { storm, stormAndRecovery, type Trial, trialOf } from "./trial.ts"

export const stories: ReadonlyArray<Story> = [
  ...ways,
  ...looking,
  ...joining,
  ...operating,
  ...falls,
  ...removal,
  ...recovery,
  ...pulls,
  ...storage,
  ...latecomers
]

/** Of the first storms, the reference passes as many in `conformance/adapters/raft-upgrade-cluster/storm.test.ts`. */
const storms = 5
const seeds = Array.from({ length: storms }, (_, number) => number + 1)

/** Stories come first: they are shorter. */
export const battery: ReadonlyArray<Trial> = [
  ...stories.map(trialOf),
  ...seeds.map(storm),
  ...seeds.map(stormAndRecovery)
]

/** Has a trial told of somebody. */
type Telling = (trial: Trial) => Promise<Told>

/** A mutant beside the reference. */
export interface Compared {
  readonly mutant: Telling
  readonly reference: Telling
}

const inProcess = (mutant: UpgradeMutant): Compared => ({
  mutant: (trial) => trial.tell(changeOf(mutant)),
  reference: (trial) => trial.tell({})
})

type Found = Omit<MutantResult, "millis">

const inOrder = (seenIn: string | undefined): ReadonlyArray<Trial> =>
  battery.toSorted((one, other) => Number(other.name === seenIn) - Number(one.name === seenIn))

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken.
 *
 * That law is looked for by itself first. A mutant that does not break it anywhere is judged by all laws, and what it breaks first
 * is told; or what fails without breaking any.
 */
export const face = async (mutant: UpgradeMutant, told: Compared = inProcess(mutant)): Promise<Found> => {
  const { id, breaks, seenIn, lawful, same } = mutant
  if (lawful !== undefined) return await harmless(id, told, seenIn, lawful)
  if (same !== undefined) return await unseen(id, told, same)
  const all: Array<readonly [Trial, Told]> = []
  for (const trial of inOrder(seenIn)) {
    const history = await told.mutant(trial)
    all.push([trial, history])
    const named = trial.laws.filter((law) => law.id === breaks[0])
    const [found] = brokenBy(history.labels, named)
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

const alive = (id: string, by: string, what: string): Found => ({
  id,
  verdict: "alive",
  law: null,
  by,
  length: null,
  what
})

const equivalent = (id: string, by: string, what: string): Found => ({ ...alive(id, by, what), verdict: "equivalent" })

/** Whether every story breaks nothing, in whatever words it is told of it, and the one that is made for it is told in others. */
const harmless = async (id: string, told: Compared, seenIn: string | undefined, why: string): Promise<Found> => {
  const by = `${stories.length} stories in which it breaks nothing`
  let isOther = false
  for (const story of stories.map(trialOf)) {
    const history = await told.mutant(story)
    if (isWrong(story, history)) return alive(id, by, `it is wrong: ${story.name}`)
    isOther ||= story.name === seenIn && wordsOf(history) !== wordsOf(await told.reference(story))
  }
  return isOther ? equivalent(id, by, why) : alive(id, by, `nothing is to be seen of it: ${seenIn}`)
}

/** Whether nothing is to be seen of it in the whole battery. */
const unseen = async (id: string, told: Compared, why: string): Promise<Found> => {
  const by = `${battery.length} trials in which it says what the reference says`
  for (const trial of battery)
    if (wordsOf(await told.mutant(trial)) !== wordsOf(await told.reference(trial)))
      return alive(id, by, `it is told in other words: ${trial.name}`)
  return equivalent(id, by, why)
}

const isWrong = ({ laws }: Trial, { labels, defects }: Told): boolean =>
  defects.length > 0 || brokenBy(labels, laws).length > 0

/** Their order may differ: what nodes do beside each other has none, and a story is only one of its orders. */
const wordsOf = ({ labels, defects }: Told): string =>
  JSON.stringify([defects, labels.map((label) => JSON.stringify(label)).sort()])

const killed = (id: string, { name }: Trial, { labels }: Told, { law, at, why }: Broken): Found => ({
  id,
  verdict: "killed",
  law,
  by: name,
  length: at === null ? labels.length : at + 1,
  what: why
})
