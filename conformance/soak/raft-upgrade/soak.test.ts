import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { planOf } from "./plan.ts"
import { Round } from "./round.ts"

/** As many as CI has time for; `npm run soak:raft-upgrade` does five hundred. */
const rounds = 20
const seed = 1
const limitMs = 300_000

describe("raft upgrade: soak: clusters of processes on their way to group 0, with processes killed", () => {
  for (let round = 0; round < rounds; round++)
    it(
      `round ${round}: all arrive, nothing that was acknowledged is gone, and no law is broken`,
      async () => {
        const directory = mkdtempSync(join(tmpdir(), "portcullis-soak-"))
        expect(await Round.run(planOf(seed, round), directory)).toEqual([])
      },
      limitMs
    )
})
