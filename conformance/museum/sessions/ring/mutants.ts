/** Mutants of operations under the topology's session, as the model's tests know them. */
import { topologyMutants } from "../../../../model/sessions/topology/mutants.ts"
import type { TopologyVariant } from "../../../../model/sessions/topology/variant.ts"
import type { Mutant } from "../../../cli/museum-api.ts"

/** One parameter with another value than the reference's. */
export interface RingMutant extends Mutant {
  readonly change: Partial<TopologyVariant>
}

export const mutants: ReadonlyArray<RingMutant> = topologyMutants.map(({ id, sentence, origin, change, breaks }) => ({
  id,
  sentence,
  origin,
  breaks: Object.keys(breaks).map((law) => `SES-${law}`),
  change
}))
