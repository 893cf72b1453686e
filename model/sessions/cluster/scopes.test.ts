import { describe, expect, test } from "vitest"
import { clusterWitnesses } from "../../../spec/sessions/laws.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { scopes } from "./scopes.ts"

/** Every witness is looked for in every scope; what is nowhere seen would leave a law without anything to judge. */
const witnessed = new Set<string>()
const fired = new Set<string>()
const idle = new Set<string>()

describe("sessions: scopes", () => {
  for (const scope of scopes)
    test(`sessions: scopes: ${scope.name}: ${scope.about}`, { timeout: 240_000 }, () => {
      const system = scope.system(asPinned)
      const laws = system.laws.filter(({ modality }) => modality !== "sometimes")
      const found = explore({ ...system, laws: [...laws, ...clusterWitnesses] })
      expect(found.counts).toEqual(scope.pinned)
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      expect(found.laws.filter(({ verdict }) => verdict === "unknown").map(({ id }) => id)).toEqual([])
      if (scope.mustFail.length > 0) return
      for (const { id, verdict } of found.laws) if (verdict === "witnessed") witnessed.add(id)
      for (const rule of found.rules) (rule.fired === 0 ? idle : fired).add(withoutNames(rule.name))
    })

  test("sessions: scopes: every rule fires somewhere, whoever's it is", () => {
    expect([...idle].filter((rule) => !fired.has(rule)).sort()).toEqual([])
  })

  test("sessions: scopes: every witness is seen in a scope of the reference", () => {
    const unseen = clusterWitnesses.map(({ id }) => id).filter((id) => !witnessed.has(id))
    expect(unseen).toEqual([])
  })
})

/** A rule by what it does: `B.0 applies` and `A.1 applies` are the same rule of another node. */
const withoutNames = (rule: string): string => rule.replace(/\b[ABD](\.\d)?\b/g, "N").replace(/\d+/g, "K")

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
