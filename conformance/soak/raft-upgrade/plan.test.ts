import { describe, expect, it } from "vitest"
import { planOf } from "./plan.ts"

const plans = Array.from({ length: 200 }, (_, round) => planOf(7, round))

describe("raft upgrade: soak: plans", () => {
  it("a seed and a number say all of a plan", () => {
    expect(planOf(7, 3)).toEqual(planOf(7, 3))
    expect(planOf(8, 3)).not.toEqual(planOf(7, 3))
    expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(plans.length)
  })

  it("every deed and every ending is drawn", () => {
    const deeds = new Set(plans.flatMap(({ troubles }) => troubles.map(({ deed }) => deed._tag)))
    expect([...deeds].sort()).toEqual(["Change", "Kill", "KillLeader"])
    const endings = new Set(plans.map(({ ending }) => ending))
    expect([...endings].sort()).toEqual(["add", "decommission", "nothing", "recover", "remove", "replace"])
  })

  it("every node is restarted once with group 0 switched on", () => {
    for (const { order } of plans) expect(order.toSorted()).toEqual(["A", "B", "C"])
  })
})
