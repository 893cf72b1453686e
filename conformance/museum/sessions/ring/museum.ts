/** The museum of operations under the topology's session. Each is one parameter of the model with another value. */
import { explore, type LawResult } from "../../../../model/index.ts"
import type { System } from "../../../../model/kernel/system.ts"
import type { TopologyBounds } from "../../../../model/sessions/topology/bounds.ts"
import { globalTrackLaws } from "../../../../model/sessions/topology/scope.ts"
import { topologyOperations } from "../../../../model/sessions/topology/topology-operations.ts"
import { reference } from "../../../../model/sessions/topology/variant.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Museum, MutantResult } from "../../../cli/museum-api.ts"
import type { Built } from "../../built.ts"
import { battery } from "./battery.ts"
import { mutants, type RingMutant } from "./mutants.ts"

/** A trial that comes to more states than this says nothing about what it has not seen. */
export const mostStates = 80_000

type Found = Omit<MutantResult, "millis">

/** What a system breaks first, of its laws. Nothing is looked for once all of them are broken. */
const brokenIn = (system: System<ClusterLabel>): LawResult<ClusterLabel> | undefined =>
  explore(system, { maxStates: mostStates, stopWhenAllOf: system.laws.map((law) => law.id) }).laws.find(
    ({ verdict }) => verdict === "violated"
  )

export type BuiltRing = Built<TopologyBounds, ClusterLabel>

/**
 * Takes a mutant through the battery until the law that it is named for is seen broken; failing that, any other.
 *
 * That law is looked for by itself first, for the memories of other laws make more states of one.
 */
export const face = async (
  { id, breaks, change }: RingMutant,
  built: BuiltRing = (bounds) => (laws) => topologyOperations({ ...reference, ...change }, bounds, laws)
): Promise<Found> => {
  const own = globalTrackLaws.filter((law) => law.id === breaks[0])
  for (const laws of [own, globalTrackLaws])
    for (const { name, bounds } of battery) {
      const found = brokenIn((await built(bounds))(laws))
      if (found === undefined) continue
      const { id: law, length = null, why: what = "" } = found
      return { id, verdict: "killed", law, by: name, length, what }
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
    const result = await face(mutant)
    return { ...result, millis: Math.round(performance.now() - started) }
  }
}
