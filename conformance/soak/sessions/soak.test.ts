import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Soak } from "../soak.ts"
import { limitMs } from "../waiting.ts"
import { resurrection } from "./resurrection.ts"
import { soak } from "./soak.ts"

/** As many as CI has time for; `npm run soak:sessions` does a thousand. */
const rounds = 30
const seed = 1

const directory = mkdtempSync(join(tmpdir(), "portcullis-soak-test-"))
/** What went wrong is kept, and named by the failure that is told. */
afterAll(() => {
  if (isGood) rmSync(directory, { recursive: true, force: true })
})
let isGood = false

/** Three processes and group 0, clients that go on, and somebody who stops, fails, cuts off and kills what he meets. */
describe("sessions: soak: a cluster of processes under load, with connections and processes killed", () => {
  let done: Soak

  beforeAll(async () => {
    done = await soak({ seed, from: 0, rounds, fence: "on", directory: join(directory, "soak") })
  }, 4 * limitMs)

  it("every round is played, and its history is whole", () => {
    expect(done.troubles).toEqual([])
    expect(done.rounds.map(({ round }) => round)).toEqual(Array.from({ length: rounds }, (_, round) => round))
  })

  it("no law is broken, every acknowledged write is found, and nothing that was deleted is back", () => {
    expect(done.failures).toEqual([])
    isGood = done.troubles.length === 0
  })

  it("processes were killed, people were met at the places that the plans name, and work was refused", () => {
    for (const number of ["operations", "kills", "met"] as const)
      expect(done.rounds.reduce((sum, round) => sum + round[number], 0)).toBeGreaterThan(5)
    expect(done.refusals).toBeGreaterThan(5)
  })

  it("nothing is kept of rounds that went well", () => {
    expect(readdirSync(join(directory, "soak"))).toEqual([])
  })
})

describe("sessions: soak: rows that come back late, after their migration, a deletion, a repair and a purge", () => {
  it(
    "S6 D2 are turned away by the fence, and no law is broken",
    async () => {
      const { labels, breaches, found } = await resurrection(join(directory, "fenced"), "on")
      expect(breaches).toEqual([])
      expect(found).toEqual([])
      const turnedAway = labels.flatMap((label) => (label._tag === "TurnedAway" ? [label.reason] : []))
      expect(turnedAway).toEqual(["SessionNotFound"])
    },
    4 * limitMs
  )

  it(
    "S6 D2 are broken with the fence switched off: the deleted row is there again",
    async () => {
      const { breaches, found } = await resurrection(join(directory, "unfenced"), "off")
      expect(breaches.map(({ law }) => law).sort()).toEqual([
        "SES-D2",
        "SES-D2r",
        "SES-D4",
        "SES-S6",
        "SES-S7",
        "SES-S8"
      ])
      expect(found.map(({ value }) => value)).toEqual(["t0-1", "t0-1", "t0-1"])
    },
    4 * limitMs
  )
})
