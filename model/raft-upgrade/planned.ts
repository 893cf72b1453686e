/** How a scope on the way to group 0 is written down: what differs from the reference, bounds, and what the run must end in. */
import type { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import type { MustFail, Overrides, Scope } from "../kernel/scope.ts"
import type { System } from "../kernel/system.ts"

export interface Plan<Variant, Bounds> {
  readonly about: string
  /** What differs from the reference. */
  readonly variant?: Partial<Variant>
  /** What differs from the smallest bounds. */
  readonly bounds: Partial<Bounds>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  readonly mustFail?: Readonly<Record<string, number>>
}

/** The system of a plan, with what was changed from outside. */
export type Builds<Variant, Bounds> = (
  plan: Pick<Plan<Variant, Bounds>, "variant" | "bounds">,
  overrides: Overrides
) => System<RaftUpgradeLabel>

/** A way to write down scopes. Laws are named without `RU-`. */
export const planned =
  <Variant, Bounds>(build: Builds<Variant, Bounds>) =>
  (name: string, plan: Plan<Variant, Bounds>): Scope<RaftUpgradeLabel> => {
    const { about, pinned, mustFail = {} } = plan
    const [distinct, generated, depth] = pinned
    return {
      name,
      about,
      pinned: { distinct, generated, depth },
      mustFail: Object.entries(mustFail).map(([law, length]): MustFail => ({ law: `RU-${law}`, length })),
      system: (overrides) => build(plan, overrides)
    }
  }
