/** Takes a cluster through the battery, and tells which laws it breaks there. */
import { explore, type LawResult } from "../../../../model/index.ts"
import { cluster } from "../../../../model/sessions/cluster/cluster.ts"
import { reference, type Variant } from "../../../../model/sessions/cluster/variant.ts"
import type { Law } from "../../../../spec/law.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { MutantResult } from "../../../cli/museum-api.ts"
import { battery, type Trial } from "./battery.ts"
import { lawsOf } from "./laws-of.ts"
import type { ClusterMutant, Same } from "./mutant.ts"

/** A trial that comes to more states than this says nothing about what it has not seen. */
const mostStates = 80_000

type Found = Omit<MutantResult, "millis">

/** Laws that a cluster breaks in a trial, and whether all of it was seen. */
export interface Judged {
  readonly broken: ReadonlyArray<LawResult<ClusterLabel>>
  readonly complete: boolean
}

/** Walks a trial until its end, or until all of the laws in `until` are broken. */
export const judged = (
  variant: Variant,
  { bounds }: Trial,
  laws: ReadonlyArray<Law<ClusterLabel>>,
  until: ReadonlyArray<string> = []
): Judged => {
  const { laws: results, complete } = explore(cluster(variant, bounds, laws), {
    maxStates: mostStates,
    stopWhenAllOf: until
  })
  return { broken: results.filter(({ verdict }) => verdict === "violated"), complete }
}

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken.
 *
 * That law is looked for by itself first, for the memories of other laws make more states of one. A mutant that does not
 * break it goes through all of the battery again, before all of its laws, and what it breaks first is told.
 */
export const face = ({ id, breaks, change, same, seenIn }: ClusterMutant): Found => {
  const variant: Variant = { ...reference, ...change }
  if (same !== undefined) return compared(id, variant, same)
  const inOrder = battery.toSorted((one, other) => Number(other.name === seenIn) - Number(one.name === seenIn))
  for (const trial of inOrder) {
    const law = lawsOf(trial).find((known) => known.id === breaks[0])
    if (law === undefined) continue
    const [found] = judged(variant, trial, [law], [law.id]).broken
    if (found !== undefined) return killed(id, trial, found)
  }
  for (const trial of inOrder) {
    const [found] = judged(variant, trial, lawsOf(trial)).broken
    if (found !== undefined) return killed(id, trial, found)
  }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

/** Walks a variant and the reference, and tells whether they come to the same states by as many steps of each rule. */
const compared = (id: string, variant: Variant, { trials, why }: Same): Found => {
  const by = trials.join("; ")
  const differs = trials.find((name) => {
    const trial = battery.find((known) => known.name === name)
    return trial === undefined || fingerprint(variant, trial) !== fingerprint(reference, trial)
  })
  return differs === undefined
    ? { id, verdict: "equivalent", law: null, by, length: null, what: why }
    : { id, verdict: "alive", law: null, by, length: null, what: `it is unlike the reference: ${differs}` }
}

/** What a complete walk vouches for. What all laws remember of the labels is part of its states. */
const fingerprint = (variant: Variant, trial: Trial): string => {
  const { certificate } = explore(cluster(variant, trial.bounds, lawsOf(trial)), { certified: true })
  return JSON.stringify(certificate)
}

const killed = (id: string, { name }: Trial, { id: law, length, why = "" }: LawResult<ClusterLabel>): Found => ({
  id,
  verdict: "killed",
  law,
  by: name,
  length: length ?? null,
  what: why
})
