/** Replaying a story on plain values, without any of the tables that it was told from. */
import type { System } from "../kernel/system.ts"
import type { StoryStep } from "./errors.ts"
import type { Broken } from "./plain.ts"
import { type Snapshot, simulate } from "./simulate.ts"

/** How a story went: whether it can happen at all, and what its last step broke or witnessed. */
export interface Replayed {
  readonly possible: boolean
  readonly broken: ReadonlyArray<Broken>
  readonly witnessed: ReadonlyArray<string>
  /** Who still waits at the end, by the `leadsTo` laws. */
  readonly pending: ReadonlyArray<Broken>
}

interface Run<L> extends Omit<Replayed, "possible"> {
  readonly at: Snapshot<L>
}

const impossible: Replayed = { possible: false, broken: [], witnessed: [], pending: [] }

/**
 * Follows `story` from the initial state.
 *
 * A step names a rule and its labels; where that fits several firings all are followed, and what is said of the end holds
 * for some of them.
 */
export const replay = <L>(system: System<L>, story: ReadonlyArray<StoryStep<L>>): Replayed => {
  const simulation = simulate(system)
  const first = { broken: simulation.broken(), witnessed: [], pending: simulation.pending() }
  let runs = new Map<string, Run<L>>([[simulation.identity(), { ...first, at: simulation.snapshot() }]])
  for (const step of story) {
    const next = new Map<string, Run<L>>()
    for (const run of runs.values()) {
      simulation.restore(run.at)
      for (const [index, enabled] of simulation.enabled().entries()) {
        if (enabled.rule !== step.rule || !sameLabels(enabled.firing.labels, step.labels)) continue
        const { broken, witnessed } = simulation.take(index)
        next.set(`${simulation.identity()} ${JSON.stringify([broken, witnessed])}`, {
          broken,
          witnessed,
          pending: simulation.pending(),
          at: simulation.snapshot()
        })
        simulation.restore(run.at)
      }
    }
    runs = next
  }
  if (runs.size === 0) return impossible
  const ends = [...runs.values()]
  return {
    possible: true,
    broken: ends.flatMap((run) => run.broken),
    witnessed: ends.flatMap((run) => run.witnessed),
    pending: ends.flatMap((run) => run.pending)
  }
}

const sameLabels = (one: ReadonlyArray<unknown>, other: ReadonlyArray<unknown>): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
