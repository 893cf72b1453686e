/** The museum of operations under the topology's session. Its battery is the bounds in which the reference is pinned to hold every law. */
import { explore } from "../../../../model/index.ts"
import { small } from "../../../../model/sessions/topology/bounds.ts"
import { globalTrackLaws } from "../../../../model/sessions/topology/scope.ts"
import { topologyScopes, within } from "../../../../model/sessions/topology/scopes.ts"
import { topologyOperations } from "../../../../model/sessions/topology/topology-operations.ts"
import { reference } from "../../../../model/sessions/topology/variant.ts"
import type { Museum, MutantResult } from "../../../cli/museum-api.ts"
import { mutants, type RingMutant } from "./mutants.ts"

/** A trial that comes to more states than this says nothing about what it has not seen. */
const mostStates = 80_000

type Trial = keyof typeof within

const sizeOf = (trial: string): number => topologyScopes.find(({ name }) => name === trial)?.pinned.distinct ?? 0

/** What is small comes first. */
const battery = (Object.keys(within) as ReadonlyArray<Trial>).toSorted((one, other) => sizeOf(one) - sizeOf(other))

/** Takes a mutant through the battery until the law that it is named for is seen broken; failing that, any other. */
const face = ({ id, breaks, change }: RingMutant): Omit<MutantResult, "millis"> => {
  let first: Omit<MutantResult, "millis"> | undefined
  for (const trial of battery) {
    const system = topologyOperations({ ...reference, ...change }, { ...small, ...within[trial] }, globalTrackLaws)
    const { laws } = explore(system, { maxStates: mostStates })
    const broken = laws.filter(({ verdict }) => verdict === "violated")
    const found = broken.find((law) => law.id === breaks[0]) ?? broken[0]
    if (found === undefined) continue
    const { id: law, length = null, why = "" } = found
    const result = { id, verdict: "killed", law, by: trial, length, what: why } as const
    if (law === breaks[0]) return result
    first ??= result
  }
  return (
    first ?? { id, verdict: "alive", law: null, by: "nothing", length: null, what: "the battery sees no difference" }
  )
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
