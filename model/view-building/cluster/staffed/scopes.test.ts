import { describe, expect, test } from "vitest"
import { W12, W13 } from "../../../../spec/view-building/laws/witnesses.ts"
import { explore } from "../../../explorer/explore.ts"
import { asPinned } from "../../../kernel/scope.ts"
import { staffedScopes } from "./scopes.ts"

/** What no cluster of plain workers shows. Both go by what the laws remember anyway, so that they cost no states. */
const witnesses = [W12, W13]

const witnessed = new Set<string>()
const fired = new Set<string>()
const idle = new Set<string>()

describe("view-building: cluster with workers as they are", () => {
  for (const scope of staffedScopes)
    test(`view-building: cluster: ${scope.name}: ${scope.about}`, { timeout: 240_000 }, () => {
      const system = scope.system(asPinned)
      const laws = [...system.laws, ...witnesses]
      const found = explore({ ...system, laws }, scope.sample === undefined ? {} : { maxStates: scope.sample.states })
      expect(found.counts).toEqual(scope.pinned)
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      for (const rule of found.rules) (rule.fired === 0 ? idle : fired).add(withoutNames(rule.name))
      if (scope.sample !== undefined) return
      expect(found.laws.filter(({ verdict }) => verdict === "unknown").map(({ id }) => id)).toEqual([])
      if (scope.mustFail.length > 0) return
      for (const { id, verdict } of found.laws) if (verdict === "witnessed") witnessed.add(id)
    })

  test("view-building: cluster: every rule fires somewhere, whoever's it is", () => {
    expect([...idle].filter((rule) => !fired.has(rule)).sort()).toEqual([])
  })

  test("view-building: cluster: what no cluster of plain workers shows is seen in one of workers as they are", () => {
    expect(witnesses.map(({ id }) => id).filter((id) => !witnessed.has(id))).toEqual([])
  })
})

/** A rule by what it does: `B.0 takes a call` and `A.1 takes a call` are the same rule of another shard. */
const withoutNames = (rule: string): string => rule.replace(/\b[AB](\.\d)?\b/g, "N").replace(/\d+/g, "K")

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
