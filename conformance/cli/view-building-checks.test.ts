// Goal: what is wrong with a worker reads as a short story. Method: check workers that differ from ours in one thing each.
import { describe, expect, test } from "vitest"
import { reference } from "../../impl/view-building/worker/options.ts"
import { ShardWorker } from "../../impl/view-building/worker/shard-worker.ts"
import type { ShardSurroundings } from "../../impl/view-building/worker/surroundings.ts"
import { ownTerm } from "../../model/view-building/worker/alone/bounds.ts"
import { workerAdapter } from "../adapters/view-building-worker.ts"
import { decodeToken } from "../kit/token.ts"
import { renderDivergence } from "../report/divergence.ts"
import type { RoleCheck } from "./role-check.ts"
import { workerCheck } from "./view-building-checks.ts"

const effort = { seed: 1, runs: 200, interrupted: () => false, onProgress: () => undefined }

/** Takes group 0's term for that of every call. */
const withoutTerm = ({ applied, ...parts }: ShardSurroundings): ShardWorker =>
  new ShardWorker({
    ...parts,
    applied: {
      get state() {
        return applied.state
      },
      get at() {
        return applied.at
      },
      term: ownTerm,
      readBarrier: () => applied.readBarrier()
    }
  })

const cases: ReadonlyArray<readonly [name: string, about: string, check: RoleCheck]> = [
  [
    "ignores-terms",
    "M06 one that does not look at the term of a call",
    workerCheck(workerAdapter("M06", reference, withoutTerm), "", { design: "inOrder", bounds: "small" }, 200)
  ],
  [
    "absorbs-any-batch",
    "M36 one that waits for a batch that is none of the call's, and replies when that is over",
    workerCheck(
      workerAdapter("M36", { ...reference, absorbs: "current" }),
      "",
      { design: "inOrder", bounds: "bounded" },
      200
    )
  ],
  [
    "reads-views-late",
    "M61 one that reads the views of a flush behind what it waits for",
    workerCheck(
      workerAdapter("M61", { ...reference, flushFor: "beforeFlush" }),
      "",
      { design: "inOrder", bounds: "boundedViews" },
      200
    )
  ]
]

describe("cli: view building checks", () => {
  for (const [name, about, check] of cases)
    test(`view building: worker: ${about} is told from ours`, async () => {
      const { verdict, divergences } = await check.check(effort)
      expect(verdict).toBe("fail")
      const { replay, ...told } = divergences[0]!
      await expect(`${renderDivergence(told)}\n`).toMatchFileSnapshot(`goldens/divergence-worker-${name}.txt`)
      expect(await check.replay?.(decodeToken(replay ?? ""))).toEqual({
        _tag: "Diverged",
        same: true,
        divergence: told
      })
    })
})
