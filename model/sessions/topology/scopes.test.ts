import { describe, expect, test } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Exploration } from "../../explorer/exploration.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { topologyScopes } from "./scopes.ts"

const known = new Map<string, Exploration<ClusterLabel>>()

/** What there is in a scope, explored once for all tests. */
const explored = (scope: (typeof topologyScopes)[number]): Exploration<ClusterLabel> => {
  const found = known.get(scope.name) ?? explore(scope.system(asPinned))
  known.set(scope.name, found)
  return found
}

describe("sessions: topology: scopes", () => {
  for (const scope of topologyScopes)
    test(`sessions: topology: scopes: ${scope.name}: ${scope.about}`, () => {
      const found = explored(scope)
      expect(found.counts).toEqual(scope.pinned)
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      // A witness that is never seen would make the scope's claim empty.
      expect(found.laws.filter(({ verdict }) => verdict === "never" || verdict === "unknown")).toEqual([])
    })

  test("sessions: topology: scopes: every rule fires in one of them", () => {
    const everywhere = topologyScopes.map((scope) => explored(scope).neverFired)
    const [first, ...others] = everywhere.map((names) => new Set(names))
    expect([...first!].filter((name) => others.every((names) => names.has(name)))).toEqual([])
  })

  test("sessions: topology: scopes: a change is one of those that there are", () => {
    const [scope] = topologyScopes
    expect(() => scope!.system({ variant: {}, without: ["SES-F1"] })).toThrow('"SES-F1" neither')
    expect(() => scope!.system({ variant: { rollsBack: "yes" }, without: [] })).toThrow('no parameter "rollsBack"')
    expect(() => scope!.system({ variant: { targets: "all" }, without: [] })).toThrow("it can be members, normalOnly")
    expect(() => scope!.system({ variant: { base: "none" }, without: [] })).toThrow("it has reference, asShipped")
    expect(scope!.system({ variant: { base: "asShipped" }, without: [] }).rules.length).toBeGreaterThan(10)
  })
})

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
