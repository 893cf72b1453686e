// Goal: what is found in a cluster on its way to group 0 can be told and shown again. Method: one of the museum's.
import { describe, expect, test } from "vitest"
import { clusterAdapter } from "../adapters/raft-upgrade-cluster/index.ts"
import { threeNodes } from "../kit/raft-upgrade/cluster/cluster-setups.ts"
import { decodeToken } from "../kit/token.ts"
import { M56 } from "../museum/raft-upgrade/mutants/m56-not-durable.ts"
import { tellStory } from "../report/story.ts"
import { clusterCheck } from "./raft-upgrade-cluster-checks.ts"

const effort = { seed: 1, runs: 20, interrupted: () => false, onProgress: () => {} }

describe("cli: raft upgrade: clusters", () => {
  test("a cluster that forgets what it has stored fails, with a token that shows it again", async () => {
    const check = clusterCheck(clusterAdapter("forgetful", M56.change), "of three nodes", threeNodes, 20)
    const { verdict, divergences } = await check.check(effort)
    const [found] = divergences
    if (found?.replay === undefined) return expect.unreachable("nothing is found")
    const again = await check.replay?.(decodeToken(found.replay))
    const told = tellStory(found.story, {}).text
    expect({
      verdict,
      actual: found.actual,
      again: again?._tag === "Diverged" && again.same,
      told: told.length > 0
    }).toMatchInlineSnapshot(`
      {
        "actual": [
          "RU-S22: A stored use_post_raft_procedures, and finds synchronize",
        ],
        "again": true,
        "told": true,
        "verdict": "fail",
      }
    `)
  }, 60_000)
})
