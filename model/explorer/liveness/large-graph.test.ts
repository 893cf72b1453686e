/** A million states, in shapes that are hard for one part of the search or another. */
import { describe, expect, it } from "vitest"
import type { Fairness } from "../../kernel/system.ts"
import { GraphBuilder } from "./graph.ts"
import { type Lasso, nearestLasso } from "./lasso.ts"

const million = 1_000_000

/** The nearest lasso of a graph in which everybody waits, and the seconds that it took. */
const timed = (
  fairness: ReadonlyArray<Fairness>,
  stepsOf: (state: number) => ReadonlyArray<readonly [to: number, rule: number]>,
  states = million
): { readonly lasso: Lasso | undefined; readonly seconds: number } => {
  const builder = new GraphBuilder(states, fairness)
  for (let state = 0; state < states; state++) for (const [to, rule] of stepsOf(state)) builder.step(state, to, rule)
  const graph = builder.done()
  const started = performance.now()
  const lasso = nearestLasso(graph, new Uint8Array(states).fill(1), (state) => state + 1)
  return { lasso, seconds: (performance.now() - started) / 1000 }
}

const limit = 10

describe("liveness on a million states", () => {
  it("one long chain with a way out at its end holds", () => {
    const { lasso, seconds } = timed(["weak"], (state) => [[state + 1 < million ? state + 1 : -1, 0]])
    expect(lasso).toBeUndefined()
    expect(seconds).toBeLessThan(limit)
  })

  it("one ring whose strongly fair way out is open at one state holds", () => {
    const { lasso, seconds } = timed(["weak", "strong"], (state) =>
      state === 777
        ? [
            [778, 0],
            [-1, 1]
          ]
        : [[(state + 1) % million, 0]]
    )
    expect(lasso).toBeUndefined()
    expect(seconds).toBeLessThan(limit)
  })

  it("one ring whose weakly fair way out is open at one state only is gone round", () => {
    const { lasso, seconds } = timed(["weak", "weak"], (state) =>
      state === 777
        ? [
            [778, 0],
            [-1, 1]
          ]
        : [[(state + 1) % million, 0]]
    )
    expect(lasso).toMatchObject({ state: 0, loop: { length: million } })
    expect(seconds).toBeLessThan(limit)
  })

  it("rings inside rings, twenty deep, hold: each falls apart once the one around it has", () => {
    const deep = 20
    // Rule k joins the two halves of a ring of 2^k states at their first states, and the rule after the last leads out of 0.
    const fairness: ReadonlyArray<Fairness> = Array.from({ length: deep + 1 }, () => "strong")
    const { lasso, seconds } = timed(
      fairness,
      (state) => {
        const joins: Array<readonly [to: number, rule: number]> = state === 0 ? [[-1, deep]] : []
        for (let k = 0; k < deep && state % 2 ** k === 0; k++) joins.push([state ^ (1 << k), k])
        return joins
      },
      2 ** deep
    )
    expect(lasso).toBeUndefined()
    expect(seconds).toBeLessThan(limit)
  })

  it("half a million little rings are each looked at", () => {
    const { lasso, seconds } = timed(["weak", "weak"], (state) =>
      state % 2 === 0
        ? [
            [state + 1, 0],
            [-1, 1]
          ]
        : [
            [state - 1, 0],
            [(state + 1) % million, 0],
            [-1, 1]
          ]
    )
    expect(lasso).toBeUndefined()
    expect(seconds).toBeLessThan(limit)
  })
})
