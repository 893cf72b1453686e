// Goal: which law stands on which assumption. Method: the reference in small scopes, each assumption off in turn; the shortest story
// of each law that falls.
import { describe, expect, test } from "vitest"
import { assumptions } from "../../spec/raft-upgrade/assumptions.ts"
import { waitingLaws } from "../../spec/raft-upgrade/laws.ts"
import { explore } from "../explorer/explore.ts"
import { raftUpgrade } from "./index.ts"

/** A law by number, and the steps of its shortest story with the scope that it is told in. */
type Falls = Readonly<Record<string, string>>

const scopeNamed = (name: string) => {
  const scope = raftUpgrade.scopes.find((known) => known.name === name)
  if (scope === undefined) throw new TypeError(`the way to group 0 has no scope ${name}`)
  return scope
}

const without = (assumption: string, scopes: ReadonlyArray<string>): Falls => {
  const shortest = new Map<string, { readonly length: number; readonly scope: string }>()
  for (const name of scopes) {
    const { laws } = explore(scopeNamed(name).system({ variant: {}, without: [assumption] }))
    for (const { id, verdict, length = 0 } of laws)
      if (verdict === "violated" && length < (shortest.get(id)?.length ?? Number.POSITIVE_INFINITY))
        shortest.set(id, { length, scope: name })
  }
  return Object.fromEntries(
    [...shortest].map(([id, { length, scope }]) => [id.slice("RU-".length), `${length} in ${scope}`])
  )
}

/**
 * What stands on what. A1 and A5 have designs of their own instead, A6 and A7 scopes of their own; A4 is what a schema is, and A10
 * what a scope is: changes are sets of so many.
 */
const table: Readonly<Record<string, Falls>> = {
  A2: {},
  A3: {},
  A8: {},
  A9: {},
  A11: {}
}

/** Small, and of what the assumption is about. */
const scopesFor: Readonly<Record<string, ReadonlyArray<string>>> = {
  A2: ["two"],
  A3: ["recovery.oneLeft"],
  A8: ["twoFalls", "recovery.oneLeft", "ring.removal"],
  A9: ["two", "twoCommands", "twoFalls", "recovery.oneLeft", "ring.removal"],
  A11: ["recovery.stuck"]
}

describe("raft upgrade: without an assumption", () => {
  for (const [assumption, falls] of Object.entries(table))
    test(`${assumption}: ${assumptions.find(({ id }) => id === `RU-${assumption}`)?.sentence}`, () => {
      expect(without(assumption, scopesFor[assumption] ?? [])).toEqual(falls)
    })

  test("every law about waiting stands on one at least", () => {
    const fallen = new Set(Object.values(table).flatMap((falls) => Object.keys(falls).map((law) => `RU-${law}`)))
    expect(waitingLaws.map(({ id }) => id).filter((id) => !fallen.has(id))).toEqual([])
  })
})
