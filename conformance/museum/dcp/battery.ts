/** The common battery of DCP: the same examinations, scopes, seeds and budgets for everybody. */
import type { MutantResult } from "../../cli/museum-api.ts"
import type { Exam, Finding } from "./exam.ts"
import { codec } from "./exams/codec.ts"
import { consumerExplored } from "./exams/consumer-explored.ts"
import { consumerLockstep } from "./exams/consumer-lockstep.ts"
import { familyStories } from "./exams/family-stories.ts"
import { kvAgreement } from "./exams/kv-agreement.ts"
import { managerLockstep } from "./exams/manager-lockstep.ts"
import { pairLockstep } from "./exams/pair-lockstep.ts"
import { producerByLaws, producerLockstep } from "./exams/producer-alone.ts"
import { replicatorLockstep } from "./exams/replicator-lockstep.ts"
import type { DcpMutant } from "./mutant.ts"

/** In the order in which they are taken: what is quick comes first. */
export const battery: ReadonlyArray<Exam> = [
  codec,
  kvAgreement,
  producerLockstep,
  producerByLaws,
  replicatorLockstep,
  managerLockstep,
  consumerLockstep,
  familyStories,
  consumerExplored,
  pairLockstep
]

/**
 * Sends a mutant through the battery until the law that it is named for is seen broken.
 *
 * What to look for is known here and to no examination: a mutant that only shows something else goes through all of it,
 * and the finding that comes nearest to its names is told.
 */
export const face = async ({ id, breaks, subject }: DcpMutant, seed: number): Promise<Omit<MutantResult, "millis">> => {
  let best: Finding | undefined
  for (const exam of battery)
    for await (const finding of exam.findings(subject, seed)) {
      if (finding.law === breaks[0]) return { id, verdict: "killed", ...finding }
      if (best === undefined || rank(finding, breaks) < rank(best, breaks)) best = finding
    }
  if (best !== undefined) return { id, verdict: "killed", ...best }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

/** Named laws first, as they are named; then a mere difference, then laws that the mutant does not name. */
const rank = ({ law }: Finding, breaks: ReadonlyArray<string>): number => {
  if (law === null) return breaks.length
  return breaks.includes(law) ? breaks.indexOf(law) : breaks.length + 1
}
