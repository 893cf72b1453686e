import { describe, expect, it } from "vitest"
import { type Damage, planOf, startsOf } from "./plan.ts"

const rounds = 210
const plans = Array.from({ length: rounds }, (_, round) => planOf(7, round))

const sorted = <Value>(values: ReadonlyArray<Value>): ReadonlyArray<Value> => [...new Set(values)].sort()

describe("raft upgrade: soak: plans", () => {
  it("a seed and a number say all of a plan", () => {
    expect(planOf(7, 3)).toEqual(planOf(7, 3))
    expect(planOf(8, 3)).not.toEqual(planOf(7, 3))
    expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(plans.length)
  })

  it("every deed is drawn, every damage, and most places", () => {
    const deeds = plans.flatMap(({ troubles }) => troubles.map(({ deed }) => deed._tag))
    expect(sorted(deeds)).toEqual(["Change", "GoOn", "Kill", "KillLeader"])
    const starts = plans.flatMap(startsOf)
    const damages = starts.flatMap(({ damage }): ReadonlyArray<Damage["how"]> => (damage === null ? [] : [damage.how]))
    expect(sorted(damages)).toEqual(["missing", "swapped", "torn", "truncated"])
    // Thirteen places on the way, the one where a node fails, and none.
    expect(new Set(starts.map(({ place }) => place)).size).toBe(15)
  })

  it("seven rounds one after the other end in seven ways, from wherever they begin", () => {
    for (const from of [0, 3, 101]) {
      const endings = plans.slice(from, from + 7).map(({ ending }) => ending._tag)
      expect(sorted(endings)).toHaveLength(7)
    }
  })

  it("every node is restarted once with group 0 switched on, and nobody removes itself", () => {
    for (const { rolling, ending } of plans) {
      expect(rolling.map(({ node }) => node).toSorted()).toEqual(["A", "B", "C"])
      if (ending._tag === "Remove" || ending._tag === "Replace") expect(ending.by).not.toBe(ending.node)
    }
  })

  it("one that is to be stuck never comes past synchronize, wherever it is killed", () => {
    for (const plan of plans) {
      const { ending } = plan
      if (ending._tag !== "Stuck") continue
      for (const { node, place } of startsOf(plan)) if (node === ending.node) expect(place).toBe(ending.by)
      for (const { deed } of plan.troubles) if (deed._tag === "GoOn") expect(deed.node).not.toBe(ending.node)
    }
  })
})
