import { describe, expect, test } from "vitest"
import { coordinatorWitnesses } from "../../../spec/view-building/laws/witnesses.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { clusterScopes } from "./scopes.ts"

/** A cluster of plain workers applies everything at once, and knows no cluster that has yet to be upgraded. */
const elsewhere = ["VB-W12", "VB-W13"]

const witnesses = coordinatorWitnesses.filter(({ id }) => !elsewhere.includes(id))
const witnessed = new Set<string>()
const fired = new Set<string>()
const idle = new Set<string>()

describe("view-building: scopes", () => {
  for (const scope of clusterScopes)
    test(`view-building: scopes: ${scope.name}: ${scope.about}`, { timeout: 240_000 }, () => {
      const system = scope.system(asPinned)
      const small = scope.pinned.distinct < 100_000
      const found = explore({ ...system, laws: [...system.laws, ...(small ? witnesses : [])] })
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      expect(found.laws.filter(({ verdict }) => verdict === "unknown").map(({ id }) => id)).toEqual([])
      expect(found.counts).toEqual(scope.pinned)
      for (const rule of found.rules) (rule.fired === 0 ? idle : fired).add(withoutNames(rule.name))
      if (scope.mustFail.length > 0) return
      for (const { id, verdict } of found.laws) if (verdict === "witnessed") witnessed.add(id)
    })

  test("view-building: scopes: every rule fires somewhere, whoever's it is", () => {
    expect([...idle].filter((rule) => !fired.has(rule)).sort()).toEqual([])
  })

  test("view-building: scopes: every witness is seen in a scope of the reference", () => {
    expect(witnesses.map(({ id }) => id).filter((id) => !witnessed.has(id))).toEqual([])
  })
})

/** A rule by what it does: `B.0 takes a call` and `A.1 takes a call` are the same rule of another shard. */
const withoutNames = (rule: string): string => rule.replace(/\b[AB](\.\d)?\b/g, "N").replace(/\d+/g, "K")

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
