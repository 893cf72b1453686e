import { describe, expect, it } from "vitest"
import { planOf } from "./plan.ts"
import { broken } from "./settlement.ts"

const plans = Array.from({ length: 200 }, (_, round) => planOf(7, round))
const troubles = plans.flatMap(({ acts }) => acts.flatMap(({ trouble }) => trouble ?? []))

describe("sessions: soak: plans", () => {
  it("a seed and a number say all of a plan", () => {
    expect(planOf(7, 3)).toEqual(planOf(7, 3))
    expect(new Set(plans.map((plan) => JSON.stringify(plan.acts))).size).toBe(plans.length)
    expect(planOf(8, 3).acts).not.toEqual(planOf(7, 3).acts)
  })

  it("every kind of order and of deed is drawn", () => {
    const orders = new Set(plans.flatMap(({ acts }) => acts.map(({ order }) => order._tag)))
    expect([...orders].sort()).toEqual(["Migrate", "Nothing", "Purge", "Repair"])
    const deeds = new Set(troubles.flatMap((trouble) => trouble.deeds.map(({ _tag }) => _tag)))
    expect([...deeds].sort()).toEqual([
      "CutOff",
      "Elect",
      "Kill",
      "KillConnections",
      "KillConnectionsHere",
      "KillGroup0",
      "RollBack"
    ])
  })
})

const row = (timestamp: number, value: string | null) => ({ key: "k", timestamp, value })
const asked = (timestamp: number, value: string | null, acknowledged: boolean) => ({
  row: row(timestamp, value),
  acknowledged
})

describe("sessions: soak: what clients may find in the end", () => {
  it("the newest write that was acknowledged, or one after it that may have happened", () => {
    const attempts = [asked(1, "a", true), asked(2, "b", true), asked(3, "c", false)]
    expect(broken(attempts, "k", row(2, "b"))).toBeUndefined()
    expect(broken(attempts, "k", row(3, "c"))).toBeUndefined()
    expect(broken(attempts, "k", row(1, "a"))).toBe("a of 1 is found, and b of 2 was acknowledged")
    expect(broken(attempts, "k", undefined)).toBe("nothing is found, and b of 2 was acknowledged")
    expect(broken(attempts, "k", row(2, "x"))).toBe("x of 2 is found, which nobody has written")
  })

  it("nothing of what was deleted, whether the deletion is still there or not", () => {
    const attempts = [asked(1, "a", true), asked(2, null, true)]
    expect(broken(attempts, "k", row(2, null))).toBeUndefined()
    expect(broken(attempts, "k", undefined)).toBeUndefined()
    expect(broken(attempts, "k", row(1, "a"))).toBe("a of 1 is back, which was deleted at 2")
  })
})
