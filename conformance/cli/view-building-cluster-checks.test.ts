// Goal: what is found in a coordinator or a cluster that builds views can be told and shown again. Method: tamper with their parts.
import { describe, expect, test } from "vitest"
import { coordinatorAdapter } from "../adapters/view-building-cluster/coordinator.ts"
import { clusterAdapter } from "../adapters/view-building-cluster/index.ts"
import { decodeToken } from "../kit/token.ts"
import { threeNodesOfOneShard } from "../kit/view-building/cluster/cluster-setups.ts"
import { roomy } from "../kit/view-building/cluster/coordinator-orders.ts"
import { tellStory } from "../report/story.ts"
import type { RoleCheck } from "./role-check.ts"
import { clusterCheck, coordinatorCheck } from "./view-building-cluster-checks.ts"

const effort = { seed: 1, runs: 20, interrupted: () => false, onProgress: () => {} }

/** It takes every host for up. */
const trusting = coordinatorAdapter(roomy, "trusting", {}, (parts) => {
  parts.injections.enable("view_building_coordinator_ignore_gossiper")
  return parts
})

/** What its nodes commit is not compared with what group 0 says by then. */
const careless = clusterAdapter("careless", (parts) => {
  const { group0 } = parts
  const tampered: typeof group0 = {
    get leadership() {
      return group0.leadership
    },
    onLeadership: (heard) => group0.onLeadership(heard),
    follow: (apply) => group0.follow(apply),
    readBarrier: () => group0.readBarrier(),
    start: () => group0.start(),
    commit: async (_, by, said) => group0.commit(await group0.start(), by, said),
    close: () => group0.close()
  }
  return { ...parts, group0: tampered }
})

const shownAgain = async (check: RoleCheck) => {
  const { verdict, divergences } = await check.check(effort)
  const [found] = divergences
  if (found?.replay === undefined) return expect.unreachable("nothing is found")
  const again = await check.replay?.(decodeToken(found.replay))
  const told = tellStory(found.story, {}).text
  return { verdict, actual: found.actual, again: again?._tag === "Diverged" && again.same, told: told.length > 0 }
}

describe("cli: view building: clusters and coordinators", () => {
  test("a coordinator that asks hosts that are down fails, with a token that shows it again", async () => {
    expect(await shownAgain(coordinatorCheck(trusting, 20))).toMatchInlineSnapshot(`
      {
        "actual": [
          "it asks B.0 for task 2",
        ],
        "again": true,
        "told": true,
        "verdict": "fail",
      }
    `)
  }, 60_000)

  test("a cluster that commits what is out of date fails, with a token that shows it again", async () => {
    expect(await shownAgain(clusterCheck(careless, "of three nodes", threeNodesOfOneShard, 20))).toMatchInlineSnapshot(`
      {
        "actual": [
          "VB-S14: s-C1.2 is in staging on C.0, and there is no task for it",
        ],
        "again": true,
        "told": true,
        "verdict": "fail",
      }
    `)
  }, 60_000)
})
