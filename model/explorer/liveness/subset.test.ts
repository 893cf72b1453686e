import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Subset } from "./subset.ts"

describe("a subset of states", () => {
  it("numbers what is wanted in order, and counts what comes before any state", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 200 }), (wanted) => {
        const subset = new Subset(wanted.length, (state) => wanted[state]!)
        const states = wanted.flatMap((is, state) => (is ? [state] : []))
        expect([...subset.states]).toEqual(states)
        for (let state = 0; state <= wanted.length; state++) {
          expect(subset.rank(state)).toBe(states.filter((one) => one < state).length)
          if (state < wanted.length) expect(subset.has(state)).toBe(wanted[state])
        }
      })
    )
  })
})
