import { describe, expect, it } from "vitest"
import { planOf } from "./plan.ts"
import { differences } from "./settlement.ts"

const plans = Array.from({ length: 200 }, (_, round) => planOf(7, round))
const acts = plans.flatMap((plan) => plan.acts)

describe("view building: soak: plans", () => {
  it("a seed and a number say all of a plan", () => {
    expect(planOf(7, 3)).toEqual(planOf(7, 3))
    expect(new Set(plans.map((plan) => JSON.stringify(plan.acts))).size).toBe(plans.length)
    expect(planOf(8, 3).acts).not.toEqual(planOf(7, 3).acts)
  })

  it("every kind of order and of deed is drawn", () => {
    expect([...new Set(acts.map(({ order }) => order._tag))].sort()).toEqual([
      "CreateView",
      "DropView",
      "Load",
      "Move",
      "Nothing",
      "Replicate",
      "Resize",
      "Truncate"
    ])
    const deeds = new Set(acts.flatMap(({ trouble }) => trouble?.deeds.map(({ _tag }) => _tag) ?? []))
    expect([...deeds].sort()).toEqual(["CutOff", "Elect", "Kill", "KillGroup0", "RollBack"])
  })

  it("a view is created in every round, and a base is truncated only where nobody is stopped", () => {
    expect(plans.every((plan) => plan.acts[0]?.order._tag === "CreateView")).toBe(true)
    const truncations = acts.filter(({ order }) => order._tag === "Truncate")
    expect(truncations.every(({ trouble, clients }) => trouble === null && clients.length === 0)).toBe(true)
  })
})

describe("view building: soak: what may be found in the end", () => {
  it("what clients have written, and nothing else", () => {
    expect(differences(["k2 = a of 1"], ["k2 = a of 1"])).toEqual([])
    expect(differences(["k2 = a of 1"], [])).toEqual(["it lacks k2 = a of 1"])
    expect(differences([], ["k2 = a of 1"])).toEqual(["it has k2 = a of 1, which is nobody's"])
  })
})
