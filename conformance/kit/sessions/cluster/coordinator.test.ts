// Goal: our topology coordinator follows the model. Method: walk at random beside it, through every transition and failure.
import { expect, test } from "vitest"
import { coordinatorAdapter } from "../../../adapters/sessions-cluster/coordinator.ts"
import { checkRole } from "../../check-role.ts"
import { coordinatorGraph } from "./coordinator-ground.ts"
import { firstForCoordinator, firstWithSharing } from "./coordinator-orders.ts"
import { coordinatorPart as part } from "./coordinator-part.ts"

const adapter = coordinatorAdapter(firstForCoordinator)

test("sessions: coordinator: every commit, barrier and trigger of ours is the model's, on random walks", async () => {
  const graph = coordinatorGraph({ forgets: "beforeTheCommit" })
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 150, maxCommands: 120 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 150 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
}, 120_000)

test("sessions: coordinator: D8 ours asks for tables that share a tablet as the model does, one after the other", async () => {
  const graph = coordinatorGraph({ forgets: "beforeTheCommit" }, firstWithSharing)
  const sharing = coordinatorAdapter(firstWithSharing)
  const { system } = graph
  const result = await checkRole({ system, part, graph, adapter: sharing, seed: 1, runs: 150, maxCommands: 120 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 150 })
}, 120_000)

test("sessions: coordinator: one that forgets with the commit would run one barrier less than ours", async () => {
  const graph = coordinatorGraph({ forgets: "withTheCommit" })
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 150, maxCommands: 120 })
  expect(result.divergence).toMatchObject({ channels: ["barriers", "to group 0"], brokenLaws: [] })
  expect(result.divergence?.told).toMatchInlineSnapshot(`
    {
      "actual": [
        "it asks A, B, C and D for barrier 2 at version 4, for t1",
      ],
      "expected": [
        "it commits behind position 5: t1 is on A.0, B.0 and C.0; version 5; fence 3",
      ],
    }
  `)
}, 120_000)
