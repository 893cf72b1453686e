/** How a scope of the cluster is written down: a variant, bounds, what must be reached, and what the run must end in. */
import type { Law } from "../../../spec/law.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import {
  clusterWitnesses,
  dataLaws,
  groupZeroLaws,
  requestLaws,
  sessionLaws,
  waitingLaws
} from "../../../spec/sessions/laws.ts"
import type { MustFail, Sample, Scope } from "../../kernel/scope.ts"
import { assuming, type Bounds, small } from "./bounds.ts"
import { cluster } from "./cluster.ts"
import { reference, type Variant } from "./variant.ts"
import { varied } from "./varied.ts"

interface Plan {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Partial<Variant>
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<Bounds>
  /** Witnesses judged here besides the laws of every cluster, by number. */
  readonly also?: ReadonlyArray<string>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  /** For a scope that is too large to be seen to the end. */
  readonly sample?: Sample
  readonly mustFail?: Readonly<Record<string, number>>
}

/** A scope with pinned counts, in the order distinct, generated, depth. */
export const scope = (
  name: string,
  { about, variant, bounds, also, pinned, sample, mustFail }: Plan
): Scope<ClusterLabel> => {
  const [distinct, generated, depth] = pinned
  return {
    name,
    about,
    pinned: { distinct, generated, depth },
    ...(sample === undefined ? {} : { sample }),
    mustFail: Object.entries(mustFail ?? {}).map(([law, length]): MustFail => ({ law: `SES-${law}`, length })),
    system: ({ variant: changes, without }) =>
      cluster(varied({ ...reference, ...variant }, changes), assuming({ ...small, ...bounds }, without), [
        ...lawsFor({ ...small, ...bounds }),
        ...(also ?? []).map(witnessNamed)
      ])
  }
}

/** Laws about requests are left out where there are none: a law that has nothing to judge says nothing. */
const lawsFor = ({ requests }: Bounds): ReadonlyArray<Law<ClusterLabel>> => [
  ...groupZeroLaws,
  ...sessionLaws,
  ...(requests.length > 0 ? requestLaws : []),
  ...dataLaws,
  ...waitingLaws
]

const witnessNamed = (number: string): Law<ClusterLabel> => {
  const law = clusterWitnesses.find(({ id }) => id === `SES-${number}`)
  if (law === undefined) throw new TypeError(`sessions has no witness ${number}`)
  return law
}
