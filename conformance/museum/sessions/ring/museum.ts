/** The museum of operations under the topology's session. Each is one parameter of the model with another value. */
import { explore } from "../../../../model/index.ts"
import { globalTrackLaws } from "../../../../model/sessions/topology/scope.ts"
import { topologyOperations } from "../../../../model/sessions/topology/topology-operations.ts"
import { reference } from "../../../../model/sessions/topology/variant.ts"
import type { Law } from "../../../../spec/law.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Museum, MutantResult } from "../../../cli/museum-api.ts"
import { battery, type Trial } from "./battery.ts"
import { mutants, type RingMutant } from "./mutants.ts"

/** A trial that comes to more states than this says nothing about what it has not seen. */
const mostStates = 80_000

type Found = Omit<MutantResult, "millis">

/** What a mutant breaks first in a trial, of the laws given. Nothing is looked for once all of them are broken. */
const brokenIn = (
  { name, bounds }: Trial,
  { id, change }: RingMutant,
  laws: ReadonlyArray<Law<ClusterLabel>>
): Found | undefined => {
  const system = topologyOperations({ ...reference, ...change }, bounds, laws)
  const results = explore(system, { maxStates: mostStates, stopWhenAllOf: laws.map((law) => law.id) }).laws
  const found = results.find(({ verdict }) => verdict === "violated")
  return found === undefined
    ? undefined
    : { id, verdict: "killed", law: found.id, by: name, length: found.length ?? null, what: found.why ?? "" }
}

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken; failing that, any other.
 *
 * That law is looked for by itself first, for the memories of other laws make more states of one.
 */
const face = (mutant: RingMutant): Found => {
  const { id, breaks } = mutant
  const own = globalTrackLaws.filter((law) => law.id === breaks[0])
  for (const laws of [own, globalTrackLaws])
    for (const trial of battery) {
      const found = brokenIn(trial, mutant, laws)
      if (found !== undefined) return found
    }
  return { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
}

export const ringMuseum: Museum = {
  protocol: "sessions",
  mutants: mutants.map(({ id, sentence, origin, breaks }) => ({ id, sentence, origin, breaks })),
  run: async (id) => {
    const mutant = mutants.find((candidate) => candidate.id === id)
    if (mutant === undefined) throw new TypeError(`the museum of the ring has no mutant ${id}`)
    const started = performance.now()
    const result = face(mutant)
    return { ...result, millis: Math.round(performance.now() - started) }
  }
}
