/** How a scope of a cluster is written down: a variant, bounds, and what the run must end in. */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { L1, L2, L3, L4, L5, L6 } from "../../../spec/view-building/laws/liveness.ts"
import { S13, S14, S15, S16 } from "../../../spec/view-building/laws/staging.ts"
import { S10n } from "../../../spec/view-building/laws/statuses.ts"
import { coordinatorLaws, dataLaws, groupZeroLaws } from "../../../spec/view-building/laws.ts"
import type { MustFail, Scope } from "../../kernel/scope.ts"
import { reference, type Variant } from "../variant.ts"
import { varied } from "../varied.ts"
import { assuming, type Bounds, small } from "./bounds.ts"
import { cluster } from "./cluster.ts"

interface Plan {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Partial<Variant>
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<Bounds>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  readonly mustFail?: Readonly<Record<string, number>>
}

/** A scope with pinned counts, in the order distinct, generated, depth. */
export const scope = (name: string, { about, variant, bounds, pinned, mustFail }: Plan): Scope<ViewBuildingLabel> => {
  const [distinct, generated, depth] = pinned
  return {
    name,
    about,
    pinned: { distinct, generated, depth },
    mustFail: Object.entries(mustFail ?? {}).map(([law, length]): MustFail => ({ law: `VB-${law}`, length })),
    system: ({ variant: changes, without }) => {
      const all = { ...small, ...bounds }
      return cluster(varied({ ...reference, ...variant }, changes), assuming(all, without), lawsFor(all))
    }
  }
}

/** Laws about one worker are left to its own scopes, and those that have nothing to judge are left out: they say nothing. */
const lawsFor = ({ staging, notes }: Bounds): ReadonlyArray<Law<ViewBuildingLabel>> => [
  ...groupZeroLaws,
  ...coordinatorLaws,
  ...dataLaws,
  ...[L1, L3, L5, L6],
  ...(staging.length > 0 ? [S13, S14, S15, S16, L4] : []),
  ...(notes ? [S10n, L2] : [])
]
