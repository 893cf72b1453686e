/** What is seen each time of the scope that is too large: its sample, and on how many walks what must be reachable happens. */
import { count } from "../../../conformance/report/counts.ts"
import { walk } from "../../../model/explorer/walk.ts"
import { asPinned } from "../../../model/kernel/scope.ts"
import { wholeStory } from "../../../model/sessions/cluster/whole-story.ts"
import { clusterWitnesses } from "../../../spec/sessions/laws.ts"
import { table } from "../exploring.ts"

const seed = 1

/** The sample in a paragraph, and the witnesses in a table. Throws where a walk breaks a law: then this is no reference. */
export const wholeStorySample = (): string => {
  const { name, pinned, sample } = wholeStory
  if (sample === undefined) throw new TypeError(`${name} has no sample`)
  const { laws, walked } = walk(wholeStory.system(asPinned), { ...sample, seed, lookAround: 1 })
  const broken = laws.find(({ verdict }) => verdict === "violated")
  if (walked === undefined || broken !== undefined) throw new TypeError(`a walk through ${name} breaks ${broken?.id}`)
  const rows = clusterWitnesses.map(({ id, sentence }) => {
    const walks = walked.laws[laws.findIndex((law) => law.id === id)]?.walks ?? 0
    return [sentence, `${Math.round((100 * walks) / walked.walks)} %`]
  })
  return [
    `Nearest to the beginning are ${count(pinned.distinct)} states, among them all that are at most ${pinned.depth - 1} steps away.`,
    `Beyond, ${count(walked.walks)} walks of seed ${seed} take ${count(walked.steps)} steps; ${count(walked.ended)} come to an end, the`,
    `longest after ${count(walked.longest)} steps. No law breaks.`,
    "",
    table(["what happens", "on so many of the walks"], rows)
  ].join("\n")
}
