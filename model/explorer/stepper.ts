/** How an exploration takes its steps: alone, or with a team of workers. */
import type { Compiled } from "./compile.ts"
import { Engine } from "./engine.ts"
import type { Findings } from "./findings.ts"
import type { Visited } from "./visited.ts"

/** Expands states and stores what it finds, in the order in which one thread finds it. */
export interface Stepper<L> {
  readonly visited: Visited
  readonly engine: Engine<L>
  /** States that are expanded before anyone looks at the clock. */
  readonly stride: number
  /** Expands states in a range and returns the first that it did not expand. */
  advance(from: number, to: number): number
  /** How often each rule fired so far. */
  fired(): Float64Array
  /** Gathers what is known. Nothing is expanded after that. */
  finish(): void
  /** Lets everyone go who helped. */
  stop(): void
}

/** One thread. */
export const alone = <L>(
  compiled: Compiled<L>,
  visited: Visited,
  findings: Findings,
  writtenOutFrom?: number
): Stepper<L> => {
  const engine = new Engine(compiled, visited, findings, undefined, writtenOutFrom)
  const { expansion } = engine
  return {
    visited,
    engine,
    stride: 1 << 10,
    advance: (from, to) => {
      const next = engine.batch(from, to)
      visited.place(expansion.candidates, expansion.count)
      expansion.count = 0
      return next
    },
    fired: () => engine.fired(),
    finish: () => undefined,
    stop: () => undefined
  }
}
