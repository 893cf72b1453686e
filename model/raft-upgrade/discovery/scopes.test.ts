// Goal: discovery alone is seen whole. Method: each scope is explored to its end, and its counts and verdicts are as pinned.
import { describe, expect, test } from "vitest"
import { W1, W2, W3 } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { discoveryScopes } from "./scopes.ts"

const witnesses = [W1, W2, W3]
const witnessed = new Set<string>()
const fired = new Set<string>()
const idle = new Set<string>()

describe("raft upgrade: discovery: scopes", () => {
  for (const scope of discoveryScopes)
    test(`raft upgrade: discovery: scopes: ${scope.name}: ${scope.about}`, () => {
      const system = scope.system(asPinned)
      const isSmall = scope.pinned.distinct < 10_000
      const found = explore({ ...system, laws: [...system.laws, ...(isSmall ? witnesses : [])] })
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      expect(found.laws.filter(({ verdict }) => verdict === "unknown")).toEqual([])
      expect(found.counts).toEqual(scope.pinned)
      for (const { name, fired: times } of found.rules) (times === 0 ? idle : fired).add(withoutNames(name))
      if (scope.mustFail.length > 0) return
      for (const { id, verdict } of found.laws) if (verdict === "witnessed") witnessed.add(id)
    })

  test("raft upgrade: discovery: scopes: every rule fires somewhere, whoever's it is", () => {
    expect([...idle].filter((rule) => !fired.has(rule))).toEqual([])
  })

  test("raft upgrade: discovery: scopes: every witness is seen in a scope of the reference", () => {
    expect(witnesses.map(({ id }) => id).filter((id) => !witnessed.has(id))).toEqual([])
  })

  test("raft upgrade: discovery: scopes: without a stable server nobody may come to a group, and other assumptions are not discovery's", () => {
    const [scope] = discoveryScopes
    const found = explore(scope!.system({ variant: {}, without: ["A1"] }))
    expect(found.laws.find(({ id }) => id === "RU-V9")?.verdict).toBe("violated")
    expect(() => scope!.system({ variant: {}, without: ["A6"] })).toThrow('discovery has no assumption "RU-A6"')
  })
})

const withoutNames = (rule: string): string => rule.replace(/\b[ABCD]\b/g, "N")

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
