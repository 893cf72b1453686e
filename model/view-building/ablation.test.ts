// Goal: which law about waiting stands on which assumption. Method: the reference in small scopes, of coordinators with plain
// workers, of workers alone, and of both; each assumption off in turn; the shortest story of each law that falls.
import { describe, expect, test } from "vitest"
import { assumptions } from "../../spec/view-building/assumptions.ts"
import { waitingLaws } from "../../spec/view-building/laws.ts"
import { explore } from "../explorer/explore.ts"
import { UnknownOverride } from "../kernel/scope.ts"
import { viewBuilding } from "./index.ts"

/** Small, and together of everything that an assumption is about. */
const everywhere = [
  "coordinator.everyStage",
  "coordinator.stagingAlone",
  "cluster.notes",
  "cluster.rewritten",
  "worker.stagedAndStopped"
]

/** Scopes for what the small ones lack: hosts that go down, and batches whose tasks are dropped while no attempt has to end. */
const besides: Readonly<Record<string, ReadonlyArray<string>>> = {
  F2: ["coordinator.hostDown"],
  F7: ["worker.tabletMovesImpatiently"]
}

/** A law by number, and the steps of its shortest story with the scope that it is told in. */
type Falls = Readonly<Record<string, string>>

const without = (number: string): Falls => {
  const shortest = new Map<string, { readonly length: number; readonly scope: string }>()
  for (const name of [...everywhere, ...(besides[number] ?? [])]) {
    const scope = viewBuilding.scopes.find((known) => known.name === name)
    if (scope === undefined) throw new TypeError(`view building has no scope ${name}`)
    for (const { id, verdict, length = 0 } of lawsWithout(scope, number))
      if (verdict === "violated" && length < (shortest.get(id)?.length ?? Number.POSITIVE_INFINITY))
        shortest.set(id, { length, scope: name })
  }
  return Object.fromEntries(
    [...shortest].map(([id, { length, scope }]) => [id.slice("VB-".length), `${length} in ${scope}`])
  )
}

/** Nothing where a scope makes no use of the assumption. */
const lawsWithout = (scope: (typeof viewBuilding.scopes)[number], number: string) => {
  try {
    return explore(scope.system({ variant: {}, without: [number] })).laws
  } catch (error) {
    if (error instanceof UnknownOverride) return []
    throw error
  }
}

/**
 * What stands on what. Scopes end by themselves, so that F4 is no part of these: `explore view-building --scope
 * coordinator.repaired --without F4` repairs a tablet for ever, in 225,094 states, and L1, L6 (3 steps) and L5 (6) fall.
 */
const table: Readonly<Record<string, Falls>> = {
  F1: {
    L1: "3 in coordinator.everyStage",
    L5: "8 in cluster.rewritten",
    L6: "3 in coordinator.everyStage",
    L4: "12 in cluster.rewritten",
    L2: "4 in cluster.notes",
    L6r: "7 in worker.stagedAndStopped",
    L7: "7 in worker.stagedAndStopped"
  },
  F2: { L1: "14 in coordinator.hostDown", L5: "14 in coordinator.hostDown" },
  F3: {
    L1: "8 in coordinator.everyStage",
    L5: "8 in coordinator.everyStage",
    L4: "10 in coordinator.stagingAlone",
    L2: "16 in cluster.notes"
  },
  F4: {},
  F5: {
    L1: "2 in coordinator.everyStage",
    L5: "6 in coordinator.everyStage",
    L6: "2 in coordinator.everyStage",
    L4: "8 in coordinator.stagingAlone",
    L2: "3 in cluster.notes"
  },
  F6: {
    L1: "10 in coordinator.everyStage",
    L5: "10 in coordinator.everyStage",
    L6: "10 in coordinator.everyStage",
    L2: "24 in cluster.notes"
  },
  F7: { L2: "28 in cluster.notes", L6o: "8 in worker.tabletMovesImpatiently" },
  F8: {
    L4: "15 in coordinator.stagingAlone",
    L1: "24 in cluster.rewritten",
    L5: "24 in cluster.rewritten",
    L6r: "5 in worker.stagedAndStopped"
  },
  F9: {
    L1: "7 in coordinator.everyStage",
    L5: "7 in coordinator.everyStage",
    L4: "9 in coordinator.stagingAlone",
    L6w: "13 in cluster.rewritten",
    L2: "8 in cluster.notes"
  },
  F10: { L1: "7 in coordinator.everyStage", L3: "8 in coordinator.everyStage", L5: "7 in coordinator.everyStage" },
  F11: {
    L1: "10 in cluster.rewritten",
    L5: "10 in cluster.rewritten",
    L2: "14 in cluster.notes",
    L4: "14 in cluster.rewritten"
  }
}

describe("view-building: ablation", () => {
  for (const { id, sentence } of assumptions) {
    const number = id.slice("VB-".length)
    test(`view-building: ablation: ${number}: ${sentence}`, { timeout: 240_000 }, () => {
      expect(without(number)).toEqual(table[number])
    })
  }

  test("view-building: ablation: every law about waiting stands on some assumption, and none falls without one that it does not name", () => {
    const falls = Object.entries(table).flatMap(([number, laws]) => Object.keys(laws).map((law) => ({ number, law })))
    expect(waitingLaws.map(({ id }) => id).filter((id) => !falls.some(({ law }) => `VB-${law}` === id))).toEqual([])
    for (const { number, law } of falls) {
      const known = waitingLaws.find(({ id }) => id === `VB-${law}`)
      expect({ law, given: known !== undefined && "given" in known ? known.given : [] }).toEqual({
        law,
        given: expect.arrayContaining([`VB-${number}`])
      })
    }
  })
})
