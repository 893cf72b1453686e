import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { become, outcome } from "./role.ts"

describe("the outcome of a role's step", () => {
  it("is the state it became, with its outputs in order", () => {
    expect(outcome(become(2, "a", "b"))).toEqual({ _tag: "Became", next: { state: 2, outputs: ["a", "b"] } })
  })

  it("is a refusal with its reason", () => {
    expect(outcome(Effect.fail("closed" as const))).toEqual({ _tag: "Refused", reason: "closed" })
  })

  it("is what eager combinators make of it", () => {
    const step = Effect.mapEager(become(1), ({ state }) => ({ state: state + 1, outputs: [] }))
    expect(outcome(step)).toEqual({ _tag: "Became", next: { state: 2, outputs: [] } })
  })

  it("is the defect itself where the step died", () => {
    expect(() => outcome(Effect.die(new Error("bug")))).toThrow("bug")
  })

  it("is an error where the step was interrupted, and where it would suspend", () => {
    expect(() => outcome(Effect.interrupt as never)).toThrow()
    expect(() => outcome(Effect.sync(() => ({ state: 1, outputs: [] })))).toThrow("a role's step must be eager")
  })
})
