import { describe, expect, test } from "vitest"
import { explore } from "../explorer/explore.ts"
import { asPinned } from "../kernel/scope.ts"
import { scopes } from "./scopes.ts"

describe("dcp: scopes", () => {
  for (const scope of scopes)
    test(`dcp: scopes: ${scope.name}: ${scope.about}`, () => {
      const found = explore(scope.system(asPinned))
      expect(found.counts).toEqual(scope.pinned)
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      // A witness that is never seen would make the scope's claim empty.
      const never = found.laws.filter(({ verdict }) => verdict === "never" || verdict === "unknown").map(({ id }) => id)
      expect(never).toEqual([])
    })

  test("dcp: scopes: every rule of the proxy pair fires in the scope of every flow", () => {
    const everyFlow = scopes.find(({ name }) => name === "everyFlow")
    const found = explore(everyFlow!.system(asPinned))
    expect(found.rules.filter(({ fired }) => fired === 0)).toEqual([])
  })
})

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
