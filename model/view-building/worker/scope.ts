/** How a scope of a worker is written down: a variant, bounds, what must be reached, and what the run must end in. */
import type { Law } from "../../../spec/law.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { buildingLaws, buildingWitnesses, dataLaws, workerLaws } from "../../../spec/view-building/laws.ts"
import type { MustFail, Scope } from "../../kernel/scope.ts"
import { assuming, small, type WorkerBounds } from "./bounds.ts"
import { reference, varied, type WorkerVariant } from "./variant.ts"
import { workerAlone } from "./worker-alone.ts"

export interface Plan {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Partial<WorkerVariant>
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<WorkerBounds>
  /** Witnesses judged here besides the laws of every worker, by number. */
  readonly also?: ReadonlyArray<string>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  readonly mustFail?: Readonly<Record<string, number>>
}

const named = (numbers: ReadonlyArray<string>, all: ReadonlyArray<Law<ViewBuildingLabel>>) =>
  numbers.map((number) => {
    const law = all.find(({ id }) => id === `VB-${number}`)
    if (law === undefined) throw new TypeError(`view building has no law ${number}`)
    return law
  })

/** What a worker is held to, whoever coordinates: that its doings bear what others make of them is S4, S5 and S7. */
const judged: ReadonlyArray<Law<ViewBuildingLabel>> = [
  ...workerLaws,
  ...dataLaws,
  ...named(["S4", "S5", "S7", "L6w", "L6o", "L6r", "L7"], buildingLaws)
]

/** A scope with pinned counts, in the order distinct, generated, depth. */
export const scope = (
  name: string,
  { about, variant, bounds, also, pinned, mustFail }: Plan
): Scope<ViewBuildingLabel> => {
  const [distinct, generated, depth] = pinned
  return {
    name,
    about,
    pinned: { distinct, generated, depth },
    mustFail: Object.entries(mustFail ?? {}).map(([law, length]): MustFail => ({ law: `VB-${law}`, length })),
    system: ({ variant: changes, without }) =>
      workerAlone(varied({ ...reference, ...variant }, changes), assuming({ ...small, ...bounds }, without), [
        ...judged,
        ...named(also ?? [], buildingWitnesses)
      ])
  }
}
