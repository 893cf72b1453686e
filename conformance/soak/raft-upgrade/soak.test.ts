import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Breach } from "../judged.ts"
import type { Soak } from "../soak.ts"
import { limitMs } from "../waiting.ts"
import { planOf, startsOf } from "./plan.ts"
import { soak } from "./soak.ts"
import { toldEarly } from "./told-early.ts"

/** As many as CI has time for; `npm run soak:raft-upgrade` does five hundred. */
const rounds = 20
const seed = 1

const directory = mkdtempSync(join(tmpdir(), "portcullis-soak-test-"))
/** What went wrong is kept, and named by the failure that is told. */
afterAll(() => {
  if (isGood) rmSync(directory, { recursive: true, force: true })
})
let isGood = false

let done: Soak
let shipped: ReadonlyArray<Breach>
let repaired: ReadonlyArray<Breach>
beforeAll(async () => {
  ;[done, shipped, repaired] = await Promise.all([
    soak({ seed, from: 0, rounds, fence: "on", directory: join(directory, "soak") }),
    toldEarly(join(directory, "shipped")),
    toldEarly(join(directory, "repaired"), "on")
  ])
}, 4 * limitMs)

/** Three processes with files of their own and one that leads the groups, clients that go on, and somebody who kills and damages. */
describe("raft upgrade: soak: clusters of processes on their way to group 0, with processes killed", () => {
  it("every round is played, and its history is whole", () => {
    expect(done.troubles).toEqual([])
    expect(done.rounds.map(({ round }) => round)).toEqual(Array.from({ length: rounds }, (_, round) => round))
  })

  it("all arrive, nothing that was acknowledged is gone, no damaged file is loaded, and no law is broken", () => {
    expect(done.failures).toEqual([])
    isGood = done.troubles.length === 0
  })

  it("every ending comes to pass: nodes are added, decommissioned, removed and replaced; a lost majority and a node that is stuck", () => {
    const endings = done.rounds.map(({ round }) => planOf(seed, round).ending._tag)
    const all = ["Add", "Decommission", "LoseMajority", "Nothing", "Remove", "Replace", "Stuck"]
    expect([...new Set(endings)].sort()).toEqual(all)
  })

  it("nodes were started with files truncated, torn, swapped and missing", () => {
    const damages = done.rounds.flatMap(({ round }) => startsOf(planOf(seed, round)).map(({ damage }) => damage?.how))
    expect(damages).toEqual(expect.arrayContaining(["missing", "swapped", "torn", "truncated"]))
  })

  it("processes were killed, also where the plans want them, and clients and nodes were refused", () => {
    for (const number of ["operations", "kills", "met"] as const)
      expect(done.rounds.reduce((sum, round) => sum + round[number], 0)).toBeGreaterThan(5)
    expect(done.refusals).toBeGreaterThan(0)
  })

  it("nothing is kept of rounds that went well", () => {
    expect(readdirSync(join(directory, "soak"))).toEqual([])
  })
})

describe("raft upgrade: soak: whoever creates the group is killed before its name is stored", () => {
  it("S1 S2 are broken where the group is told of before, as scylladb shipped it", () => {
    expect(shipped.map(({ law }) => law).sort()).toEqual(["RU-S1", "RU-S2"])
  })

  it("no law is broken where it is told of once it is stored", () => {
    expect(repaired).toEqual([])
  })
})
