/** What is claimed of scopes on the way to group 0: each is explored to its end, and its counts and verdicts are as pinned. */
import { describe, expect, test } from "vitest"
import type { SometimesLaw } from "../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import { explore } from "../explorer/explore.ts"
import { asPinned, type Scope } from "../kernel/scope.ts"

/** Beyond so many states witnesses are not looked for: smaller scopes have them all. */
const most = 12_000

export const claimScopes = (
  title: string,
  scopes: ReadonlyArray<Scope<RaftUpgradeLabel>>,
  witnesses: ReadonlyArray<SometimesLaw<RaftUpgradeLabel>>
): void => {
  const witnessed = new Set<string>()
  const fired = new Set<string>()
  const idle = new Set<string>()
  /** The same of scopes in which every law holds. */
  const firedAsItShould = new Set<string>()
  const idleAsItShould = new Set<string>()

  describe(title, () => {
    for (const scope of scopes)
      test(`${title}: ${scope.name}: ${scope.about}`, () => {
        const system = scope.system(asPinned)
        const isSmall = scope.pinned.distinct < most
        const found = explore({ ...system, laws: [...system.laws, ...(isSmall ? witnesses : [])] })
        const violated = found.laws
          .filter(({ verdict }) => verdict === "violated")
          .map(({ id, length }) => ({ law: id, length: length ?? 0 }))
        expect(violated.sort(byLaw)).toEqual([...scope.mustFail].sort(byLaw))
        expect(found.laws.filter(({ verdict }) => verdict === "unknown")).toEqual([])
        expect(found.counts).toEqual(scope.pinned)
        for (const { name, fired: times } of found.rules) (times === 0 ? idle : fired).add(withoutNames(name))
        if (scope.mustFail.length > 0) return
        for (const { name, fired: times } of found.rules)
          (times === 0 ? idleAsItShould : firedAsItShould).add(withoutNames(name))
        for (const { id, verdict } of found.laws) if (verdict === "witnessed") witnessed.add(id)
      })

    test(`${title}: every rule fires somewhere, whoever's it is`, () => {
      expect([...idle].filter((rule) => !fired.has(rule))).toEqual([])
    })

    test(`${title}: every rule of a scope in which all laws hold fires in such a scope`, () => {
      expect([...idleAsItShould].filter((rule) => !firedAsItShould.has(rule))).toEqual([])
    })

    test(`${title}: every witness is seen in a scope of the reference`, () => {
      expect(witnesses.map(({ id }) => id).filter((id) => !witnessed.has(id))).toEqual([])
    })
  })
}

const withoutNames = (rule: string): string => rule.replace(/\b[ABCD]\b/g, "N")

const byLaw = (a: { readonly law: string }, b: { readonly law: string }): number =>
  a.law < b.law ? -1 : a.law > b.law ? 1 : 0
