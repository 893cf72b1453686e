import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Soak } from "../soak.ts"
import { limitMs } from "../waiting.ts"
import { type Deposed, deposed } from "./deposed.ts"
import { soak } from "./soak.ts"

/** As many as CI has time for; `npm run soak:view-building` does five hundred. */
const rounds = 20
const seed = 1

const directory = mkdtempSync(join(tmpdir(), "portcullis-soak-test-"))
/** What went wrong is kept, and named by the failure that is told. */
afterAll(() => {
  if (isGood) rmSync(directory, { recursive: true, force: true })
})
let isGood = false

// Most of the time goes by while processes start, so everything is done side by side.
let done: Soak
let unfenced: Deposed
beforeAll(async () => {
  ;[done, unfenced] = await Promise.all([
    soak({ seed, from: 0, rounds, fence: "on", directory: join(directory, "soak") }),
    deposed(join(directory, "unfenced"))
  ])
}, 4 * limitMs)

/** Three processes and group 0, clients that go on, and somebody who stops, fails, cuts off and kills what he meets. */
describe("view building: soak: a cluster of processes builds views while coordinators and workers are killed", () => {
  it("every round is played, and its history is whole", () => {
    expect(done.troubles).toEqual([])
    expect(done.rounds.map(({ round }) => round)).toEqual(Array.from({ length: rounds }, (_, round) => round))
  })

  it("no law is broken, no view lacks a row, and none has one that was deleted", () => {
    expect(done.failures).toEqual([])
    isGood = done.troubles.length === 0
  })

  it("processes were killed, people were met at the places that the plans name, and calls were refused", () => {
    for (const number of ["operations", "kills", "met"] as const)
      expect(done.rounds.reduce((sum, round) => sum + round[number], 0)).toBeGreaterThan(5)
    expect(done.refusals).toBeGreaterThan(0)
  })

  it("nothing is kept of rounds that went well", () => {
    expect(readdirSync(join(directory, "soak"))).toEqual([])
  })
})

describe("view building: soak: a call that comes out of its barrier when its coordinator is no more", () => {
  it("S3w is broken where workers do not look at its term", () => {
    expect(unfenced.breaches.map(({ law }) => law)).toEqual(["VB-S3w"])
  })
})
