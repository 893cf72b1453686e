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
  // Each of two creates a group of its own.
  A2: { S1: "10 in two", S4: "8 in two" },
  A3: { S12: "38 in recovery.oneLeft", S23: "25 in recovery.oneLeft" },
  A8: {
    V4: "19 in recovery.oneLeft",
    V6: "18 in twoFalls",
    V7: "5 in twoFalls",
    V8: "8 in ring.removal",
    V9: "6 in twoFalls"
  },
  A9: {
    V1: "4 in two",
    V3: "27 in two",
    V4: "20 in recovery.oneLeft",
    V5: "28 in twoCommands",
    V6: "3 in twoCommands",
    V7: "6 in twoFalls",
    V8: "6 in ring.removal",
    V9: "5 in two"
  },
  A11: {
    V4: "21 in recovery.stuck",
    V6: "4 in recovery.stuck",
    V7: "3 in recovery.stuck",
    V9: "27 in recovery.stuck"
  }
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

  test("a law about waiting says what it stands on", () => {
    const unsaid = Object.entries(table).flatMap(([assumption, falls]) =>
      waitingLaws.filter(
        (law) =>
          law.modality === "leadsTo" &&
          falls[law.id.slice("RU-".length)] !== undefined &&
          !law.given.includes(`RU-${assumption}`)
      )
    )
    expect(unsaid.map(({ id }) => id)).toEqual([])
  })

  test("every law about waiting stands on one at least", () => {
    const fallen = new Set(Object.values(table).flatMap((falls) => Object.keys(falls).map((law) => `RU-${law}`)))
    expect(waitingLaws.map(({ id }) => id).filter((id) => !fallen.has(id))).toEqual([])
  })
})
