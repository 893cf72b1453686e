// Goal: a cluster is seen whole on its way. Method: each scope is explored to its end, and its counts and verdicts are as pinned.
import { describe, expect, test } from "vitest"
import { upgradeWitnesses } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { upgradeScopes } from "./scopes.ts"

/** Whom a node tells of is for discovery alone; nobody leaves yet, nor recovers, nor waits by the clock. */
const elsewhere = ["RU-W2", "RU-W11", "RU-W12", "RU-W13", "RU-W15", "RU-W16"]

const witnesses = upgradeWitnesses.filter(({ id }) => !elsewhere.includes(id))
const witnessed = new Set<string>()
const fired = new Set<string>()
const idle = new Set<string>()

describe("raft upgrade: scopes", () => {
  for (const scope of upgradeScopes)
    test(`raft upgrade: scopes: ${scope.name}: ${scope.about}`, () => {
      const system = scope.system(asPinned)
      const isSmall = scope.pinned.distinct < 12_000
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

  test("raft upgrade: scopes: every rule fires somewhere, whoever's it is", () => {
    expect([...idle].filter((rule) => !fired.has(rule))).toEqual([])
  })

  test("raft upgrade: scopes: every witness is seen in a scope of the reference", () => {
    expect(witnesses.map(({ id }) => id).filter((id) => !witnessed.has(id))).toEqual([])
  })
})

const withoutNames = (rule: string): string => rule.replace(/\b[ABC]\b/g, "N")

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
