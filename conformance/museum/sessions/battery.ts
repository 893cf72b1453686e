/** The common battery of the session registry: the same examinations, bounds, seeds and budgets for everybody. */
import type { MutantResult } from "../../cli/museum-api.ts"
import type { Exam, Finding } from "./exam.ts"
import { registryLockstep, registryTour } from "./exams/follows-model.ts"
import { obeysLaws } from "./exams/obeys-laws.ts"
import type { RegistryMutant } from "./mutant.ts"
import { registryAdapter } from "./registry-adapter.ts"

/** In the order in which they are taken: what knows no model comes first. */
export const battery: ReadonlyArray<Exam> = [obeysLaws, registryLockstep, registryTour]

/**
 * Sends a mutant through the battery until the law that it is named for is seen broken.
 *
 * What to look for is known here and to no examination; of other findings the first is told.
 */
export const face = async ({ id, breaks, subject: Subject }: RegistryMutant, seed: number): Promise<FaceResult> => {
  const adapter = registryAdapter("subject", () => new Subject())
  let first: Finding | undefined
  for (const exam of battery)
    for await (const finding of exam.findings(adapter, seed)) {
      if (finding.law === breaks[0]) return { id, verdict: "killed", ...finding }
      first ??= finding
    }
  if (first !== undefined) return { id, verdict: "killed", ...first }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

type FaceResult = Omit<MutantResult, "millis">
