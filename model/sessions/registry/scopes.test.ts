import { describe, expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { registryScopes } from "./scopes.ts"

describe("sessions: registry: scopes", () => {
  for (const scope of registryScopes)
    test(`sessions: registry: scopes: ${scope.name}: ${scope.about}`, () => {
      const found = explore(scope.system(asPinned))
      expect(found.counts).toEqual(scope.pinned)
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      // A witness that is never seen would make the scope's claim empty.
      expect(found.laws.filter(({ verdict }) => verdict === "never" || verdict === "unknown")).toEqual([])
      expect(found.neverFired).toEqual([])
    })

  test("sessions: registry: scopes: there is nothing to assume, and a change is one of those that there are", () => {
    const [scope] = registryScopes
    expect(() => scope!.system({ variant: {}, without: ["SES-F1"] })).toThrow("the registry assumes nothing")
    expect(() => scope!.system({ variant: { enters: "open" }, without: [] })).toThrow('no parameter "enters"')
    expect(() => scope!.system({ variant: { enter: "ajar" }, without: [] })).toThrow("it can be open, registered")
    expect(() => scope!.system({ variant: { base: "none" }, without: [] })).toThrow("it has reference, asShipped")
    expect(scope!.system({ variant: { base: "asShipped", check: "passes" }, without: [] }).laws.length).toBe(21)
  })
})

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
