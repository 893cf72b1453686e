// Goal: the rows of coordinator and replica node pass ours and fail what is wrong. Method: tamper with one thing each.
import { describe, expect, it } from "vitest"
import { ToldRegistry } from "../../impl/sessions/node/told-registry.ts"
import type { SessionId } from "../../spec/sessions/ids.ts"
import type { Metadata } from "../../spec/sessions/metadata.ts"
import { committing } from "../adapters/sessions-cluster/as-shipped.ts"
import { coordinatorAdapter } from "../adapters/sessions-cluster/coordinator.ts"
import { nodeAdapter } from "../adapters/sessions-cluster/node.ts"
import { startWithRegistries } from "../adapters/sessions-cluster/start-with-registries.ts"
import { firstForCoordinator } from "../kit/sessions/cluster/coordinator-orders.ts"
import { firstForNode } from "../kit/sessions/cluster/node-ground.ts"
import { decodeToken } from "../kit/token.ts"
import { renderDivergence } from "../report/divergence.ts"
import { storyDiagram } from "../report/story.ts"
import { renderSvg } from "../report/svg-diagram.ts"
import { malformation } from "../report/well-formed.ts"
import type { RoleCheck } from "./role-check.ts"
import { coordinatorCheck, replicaNodeCheck } from "./sessions-part-checks.ts"

const effort = { seed: 1, runs: 60, interrupted: () => false, onProgress: () => undefined }

/** A drain forgets sessions without waiting for who is inside. */
class Hasty extends ToldRegistry {
  protected override untilEmpty(): Promise<void> {
    return Promise.resolve()
  }
}

/** M21a: a node has no sessions after a restart. What it goes over to first names none where it starts for the first time. */
class Forgetful extends ToldRegistry {
  protected reloads = 0

  override closeAllExcept(keep: ReadonlySet<SessionId>): void {
    this.reloads++
    super.closeAllExcept(keep)
  }

  override create(session: SessionId): void {
    if (this.reloads !== 1) super.create(session)
  }
}

/** M63: who leaves streaming keeps the session, and clears it one command later. */
const clearingLate = (asked: Metadata, seen: Metadata): Metadata => ({
  ...asked,
  tablets: asked.tablets.map((tablet, at) => {
    const { transition } = tablet
    const before = seen.tablets[at]?.transition
    if (transition?.stage !== "write_both_read_new" || before?.stage !== "streaming") return tablet
    return { ...tablet, transition: { ...transition, session: before.session } }
  })
})

const hasty = replicaNodeCheck(nodeAdapter(firstForNode, "hasty", startWithRegistries(Hasty)), 60)
const forgetful = replicaNodeCheck(nodeAdapter(firstForNode, "forgetful", startWithRegistries(Forgetful)), 60)
const late = coordinatorCheck(
  coordinatorAdapter(firstForCoordinator, "clearing late", (group0) => committing(group0, clearingLate)),
  60
)

describe("cli: sessions checks: parts of a cluster", () => {
  it("ours pass, and the same seed gives the same row", async () => {
    const checks = [
      coordinatorCheck(coordinatorAdapter(firstForCoordinator), 20),
      replicaNodeCheck(nodeAdapter(firstForNode), 20)
    ]
    for (const check of checks) {
      const row = await check.check({ ...effort, runs: 20 })
      expect(row).toMatchObject({ verdict: "pass", runs: 20, divergences: [] })
      expect(await check.check({ ...effort, runs: 20 })).toEqual(row)
    }
  }, 120_000)

  it.each<[string, RoleCheck, string]>([
    ["a node whose drain does not wait", hasty, "goldens/divergence-hasty-node.txt"],
    ["a node that lacks its sessions after a restart", forgetful, "goldens/divergence-forgetful-node.txt"],
    ["a coordinator that clears the session late", late, "goldens/divergence-late-coordinator.txt"]
  ])(
    "%s fails, with a story in sentences, a picture, and a token that tells it again",
    async (_, check, golden) => {
      const { verdict, divergences } = await check.check(effort)
      expect(verdict).toBe("fail")
      const { replay, ...told } = divergences[0]!
      await expect(`${renderDivergence(told)}\n`).toMatchFileSnapshot(golden)
      expect(malformation(renderSvg(storyDiagram("", told.story)))).toBeUndefined()
      expect(await check.replay?.(decodeToken(replay ?? ""))).toEqual({
        _tag: "Diverged",
        same: true,
        divergence: told
      })
    },
    120_000
  )
})
