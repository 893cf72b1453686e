/** Small systems written as text, for tests of liveness: one place, named steps, and the places where somebody waits. */
import { leadsTo, type Memory } from "../../../spec/law.ts"
import { register, write } from "../../kernel/cell.ts"
import type { Fairness, Rule, System } from "../../kernel/system.ts"

/** A step by a named rule. */
export interface Way {
  readonly from: number
  readonly rule: string
  readonly to: number
}

/** A label: where the step led. */
interface Came {
  readonly to: number
}

/** Reads steps such as `0 go 1, 1 back 0`. */
export const ways = (text: string): ReadonlyArray<Way> =>
  text
    .split(",")
    .filter((step) => step.trim() !== "")
    .map((step) => {
      const [from, rule, to] = step.trim().split(" ")
      return { from: Number(from), rule: rule!, to: Number(to) }
    })

const place: Memory<number, Came> = { name: "place", init: 0, on: (_, { to }) => to }

/** A system that begins at place 0 and moves by these steps. Its one law waits wherever `waiting` says. */
export const smallSystem = (
  steps: ReadonlyArray<Way>,
  fair: Readonly<Record<string, Fairness>>,
  waiting: ReadonlyArray<number>
): System<Came> => {
  const at = register("at", 0)
  const names = [...new Set(steps.map(({ rule }) => rule))]
  return {
    name: "small",
    cells: [at],
    rules: names.map(
      (name): Rule<Came> => ({
        name,
        actor: "someone",
        fair: fair[name] ?? "none",
        reads: [at],
        fire: (now) =>
          steps
            .filter(({ from, rule }) => from === now && rule === name)
            .map(({ to }) => ({ labels: [{ to }], writes: [write(at, to)] }))
      })
    ),
    laws: [
      leadsTo<Came, number>("L", {
        sentence: "Waiting ends.",
        source: "this test",
        given: [],
        follows: place,
        pending: (now) => (waiting.includes(now) ? `waits at ${now}` : undefined)
      })
    ],
    observables: {}
  }
}
