/** How a scope of the global track is written down: a variant, bounds, what must be reached, and what the run must end in. */
import type { Law } from "../../../spec/law.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { S5c } from "../../../spec/sessions/laws/fences.ts"
import { L1, L5, L5t, L8 } from "../../../spec/sessions/laws/liveness.ts"
import { topologyLaws } from "../../../spec/sessions/laws/topology.ts"
import { topologyWitness } from "../../../spec/sessions/laws/topology-witnesses.ts"
import { groupZeroLaws, sessionLaws } from "../../../spec/sessions/laws.ts"
import { type MustFail, type Scope, UnknownOverride } from "../../kernel/scope.ts"
import { small, type TopologyBounds } from "./bounds.ts"
import { topologyOperations } from "./topology-operations.ts"
import { reference, type TopologyVariant } from "./variant.ts"
import { varied } from "./varied.ts"

interface Plan {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Partial<TopologyVariant>
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<TopologyBounds>
  /** Witnesses judged here besides the laws, by number. */
  readonly also?: ReadonlyArray<string>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  readonly mustFail?: Readonly<Record<string, number>>
}

/** What the global track is judged by. S5c also judges nodes that have left, of which no barrier asks anything. */
export const globalTrackLaws: ReadonlyArray<Law<ClusterLabel>> = [
  ...groupZeroLaws,
  ...sessionLaws.filter((law) => law !== S5c),
  L1,
  L5,
  L5t,
  L8,
  ...topologyLaws
]

/** A scope with pinned counts, in the order distinct, generated, depth. */
export const scope = (name: string, { about, variant, bounds, also, pinned, mustFail }: Plan): Scope<ClusterLabel> => {
  const [distinct, generated, depth] = pinned
  return {
    name,
    about,
    pinned: { distinct, generated, depth },
    mustFail: Object.entries(mustFail ?? {}).map(([law, length]): MustFail => ({ law: `SES-${law}`, length })),
    system: ({ variant: changes, without }) => {
      const [stranger] = without
      if (stranger !== undefined)
        throw new UnknownOverride(`no assumption of the global track can be switched off, "${stranger}" neither`)
      return topologyOperations(varied({ ...reference, ...variant }, changes), { ...small, ...bounds }, [
        ...globalTrackLaws,
        ...(also ?? []).map(topologyWitness)
      ])
    }
  }
}
