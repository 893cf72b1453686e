/** Walks as fast-check draws and shrinks them: each of its draws is steered by what came of those before. */
import fc from "fast-check"
import type { Chance } from "../../../model/explorer/random.ts"
import type { Plan } from "../course.ts"

/** What is to be asked in one of the environments that a role is walked in. */
export interface SteeredWalk<I> {
  readonly environment: number
  readonly plan: Plan<I>
}

/**
 * Whatever is drawn comes from fast-check's own random numbers, so its seed tells all of it. A walk shrinks as a list whose
 * items are left out: it holds what was chosen and nothing of what steered the choice, so it means the same at any time.
 */
export class SteeredWalks<I> extends fc.Arbitrary<SteeredWalk<I>> {
  private readonly draw: (draw: Chance) => SteeredWalk<I>

  constructor(draw: (draw: Chance) => SteeredWalk<I>) {
    super()
    this.draw = draw
  }

  generate(random: fc.Random): fc.Value<SteeredWalk<I>> {
    const walk = this.draw((below) => random.nextInt(0, below - 1))
    return new fc.Value(walk, undefined)
  }

  canShrinkWithoutContext(_: unknown): _ is SteeredWalk<I> {
    return false
  }

  shrink(walk: SteeredWalk<I>): fc.Stream<fc.Value<SteeredWalk<I>>> {
    const shorter = fc.subarray([...walk.plan]).shrink([...walk.plan], undefined)
    return shorter.map(({ value: plan }) => new fc.Value({ ...walk, plan }, undefined))
  }
}
