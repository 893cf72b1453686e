import { describe, expect, test } from "vitest"
import { workerLaws } from "../../../spec/view-building/laws.ts"
import { explore } from "../../explorer/explore.ts"
import { asPinned } from "../../kernel/scope.ts"
import { workerScopes } from "./scopes.ts"

const broken = new Set(workerScopes.flatMap(({ mustFail }) => mustFail.map(({ law }) => law)))

describe("view building: worker: scopes", () => {
  for (const scope of workerScopes)
    test(`view building: worker: scopes: ${scope.name}: ${scope.about}`, { timeout: 240_000 }, () => {
      const found = explore(scope.system(asPinned))
      expect(found.counts).toEqual(scope.pinned)
      const violated = found.laws
        .filter(({ verdict }) => verdict === "violated")
        .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
      expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
      if (scope.mustFail.length > 0) return
      // A witness that is never seen, or a rule that never fires, would make the scope's claim empty.
      expect(found.laws.filter(({ verdict }) => verdict === "never" || verdict === "unknown")).toEqual([])
      expect(found.neverFired).toEqual([])
    })

  test("view building: worker: scopes: every law of a worker is broken by a design that is wrong, but one that needs a cluster", () => {
    // S13 needs a replica that a tablet comes to: see the cluster's scope processesPending.
    expect(workerLaws.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual(["VB-S13"])
  })

  test("view building: worker: scopes: a change is one of those that there are, and so is an assumption", () => {
    const [scope] = workerScopes
    expect(() => scope!.system({ variant: {}, without: ["F4"] })).toThrow('a worker has no assumption "VB-F4"')
    expect(() => scope!.system({ variant: { terms: "ignored" }, without: [] })).toThrow('no parameter "terms"')
    expect(() => scope!.system({ variant: { base: "none" }, without: [] })).toThrow("it has reference, asShipped")
    expect(scope!.system({ variant: { base: "asShipped" }, without: ["VB-F3"] }).name).toBe("view building worker")
  })
})

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
