/** How a scope of DCP is written down: a variant, bounds, what must be reached, and what the run must end in. */
import type { DcpLabel } from "../../spec/dcp/labels.ts"
import { laws as allLaws } from "../../spec/dcp/laws.ts"
import type { Law } from "../../spec/law.ts"
import type { Counts, MustFail, Scope } from "../kernel/scope.ts"
import type { System } from "../kernel/system.ts"
import { assuming, type Bounds, small } from "./bounds.ts"
import { pair } from "./pair.ts"
import { reference, type Variant, varied } from "./variants.ts"

interface Plan {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Variant
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<Bounds>
  /** Witnesses and other laws judged here besides those of every proxy pair, by number. */
  readonly also?: ReadonlyArray<string>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  readonly mustFail?: Readonly<Record<string, number>>
  /** Another system than the proxy pair. */
  readonly system?: (variant: Variant, bounds: Bounds, laws: ReadonlyArray<Law<DcpLabel>>) => System<DcpLabel>
}

/** A scope with pinned counts, in the order distinct, generated, depth. */
export const scope = (name: string, plan: Plan): Scope<DcpLabel> => ({
  name,
  about: plan.about,
  pinned: counts(plan.pinned),
  mustFail: Object.entries(plan.mustFail ?? {}).map(([law, length]): MustFail => ({ law: `DCP-${law}`, length })),
  system: ({ variant, without }) =>
    (plan.system ?? pair)(
      varied(plan.variant ?? reference, variant),
      assuming({ ...small, ...plan.bounds }, without),
      (plan.also ?? []).map(lawNamed)
    )
})

const counts = ([distinct, generated, depth]: Plan["pinned"]): Counts => ({ distinct, generated, depth })

const lawNamed = (number: string): Law<DcpLabel> => {
  const law = allLaws.find(({ id }) => id === `DCP-${number}`)
  if (law === undefined) throw new TypeError(`dcp has no law ${number}`)
  return law
}
