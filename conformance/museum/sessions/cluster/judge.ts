/** Takes a cluster through the battery, and tells which laws it breaks there. */
import { explore, type LawResult } from "../../../../model/index.ts"
import type { System } from "../../../../model/kernel/system.ts"
import type { Bounds } from "../../../../model/sessions/cluster/bounds.ts"
import { cluster } from "../../../../model/sessions/cluster/cluster.ts"
import { reference, type Variant } from "../../../../model/sessions/cluster/variant.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { MutantResult } from "../../../cli/museum-api.ts"
import type { Built } from "../../built.ts"
import { battery, type Trial } from "./battery.ts"
import { lawsOf } from "./laws-of.ts"
import type { ClusterMutant, Same } from "./mutant.ts"

/** A trial that comes to more states than this says nothing about what it has not seen. */
export const mostStates = 80_000

type Found = Omit<MutantResult, "millis">

/** Laws that a cluster breaks in a trial, and whether all of it was seen. */
export interface Judged {
  readonly broken: ReadonlyArray<LawResult<ClusterLabel>>
  readonly complete: boolean
}

/** Walks a cluster until its end, or until all of the laws in `until` are broken. */
export const judged = (system: System<ClusterLabel>, until: ReadonlyArray<string> = []): Judged => {
  const { laws: results, complete } = explore(system, { maxStates: mostStates, stopWhenAllOf: until })
  return { broken: results.filter(({ verdict }) => verdict === "violated"), complete }
}

export type BuiltCluster = Built<Bounds, ClusterLabel>

/** The clusters of a variant. */
export const clusters =
  (variant: Variant): BuiltCluster =>
  (bounds) =>
  (laws) =>
    cluster(variant, bounds, laws)

/** A mutant's clusters, and those of the reference. */
export interface Compared {
  readonly mutant: BuiltCluster
  readonly model: BuiltCluster
}

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken.
 *
 * That law is looked for by itself first, for the memories of other laws make more states of one. A mutant that does not
 * break it goes through all of the battery again, before all of its laws, and what it breaks first is told.
 */
export const face = async (
  { id, breaks, change, same, seenIn }: ClusterMutant,
  built: Compared = { mutant: clusters({ ...reference, ...change }), model: clusters(reference) }
): Promise<Found> => {
  if (same !== undefined) return await compared(id, built, same)
  const inOrder = battery.toSorted((one, other) => Number(other.name === seenIn) - Number(one.name === seenIn))
  for (const trial of inOrder) {
    const own = lawsOf(trial).filter((law) => law.id === breaks[0])
    if (own.length === 0) continue
    const [found] = judgedBy((await built.mutant(trial.bounds))(own))
    if (found !== undefined) return killed(id, trial, found)
  }
  for (const trial of inOrder) {
    const [found] = judged((await built.mutant(trial.bounds))(lawsOf(trial))).broken
    if (found !== undefined) return killed(id, trial, found)
  }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

/** What a cluster breaks of its laws, none of which is looked at any further once all of them are broken. */
const judgedBy = (system: System<ClusterLabel>): Judged["broken"] =>
  judged(
    system,
    system.laws.map(({ id }) => id)
  ).broken

/** Walks a variant and the reference, and tells whether they come to the same states by as many steps of each rule. */
const compared = async (id: string, { mutant, model }: Compared, { trials, why }: Same): Promise<Found> => {
  const by = trials.join("; ")
  for (const name of trials) {
    const trial = battery.find((known) => known.name === name)
    if (trial === undefined || (await fingerprint(mutant, trial)) !== (await fingerprint(model, trial)))
      return { id, verdict: "alive", law: null, by, length: null, what: `it is unlike the reference: ${name}` }
  }
  return { id, verdict: "equivalent", law: null, by, length: null, what: why }
}

/** What a complete walk vouches for. What all laws remember of the labels is part of its states. */
const fingerprint = async (built: BuiltCluster, trial: Trial): Promise<string> => {
  const system = (await built(trial.bounds))(lawsOf(trial))
  return JSON.stringify(explore(system, { certified: true }).certificate)
}

const killed = (id: string, { name }: Trial, { id: law, length, why = "" }: LawResult<ClusterLabel>): Found => ({
  id,
  verdict: "killed",
  law,
  by: name,
  length: length ?? null,
  what: why
})
