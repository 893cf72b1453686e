// Goal: our view building coordinator follows the model. Method: walk at random beside it through everything that may happen to it,
// and take every transition of one with little to do; then beside models of other designs.
import { expect, test } from "vitest"
import { coordinatorAdapter } from "../../../adapters/view-building-cluster/coordinator.ts"
import { checkRole } from "../../check-role.ts"
import { tour } from "../../tour.ts"
import { coordinatorGraph } from "./coordinator-ground.ts"
import { narrow, roomy } from "./coordinator-orders.ts"
import { coordinatorPart as part } from "./coordinator-part.ts"

test("view-building: coordinator: every commit and call of ours is the model's, on random walks", async () => {
  const graph = coordinatorGraph({ variant: {}, scenery: "roomy" })
  const adapter = coordinatorAdapter(roomy)
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 40, maxCommands: 120 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 40 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
}, 60_000)

test("view-building: coordinator: every transition of one with little to do is taken", async () => {
  const graph = coordinatorGraph({ variant: {}, scenery: "narrow" })
  const toured = await tour({ graph, part, adapter: coordinatorAdapter(narrow) })
  expect(toured.divergence?.told).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 525, transitions: 1509 })
}, 60_000)

/** What a coordinator of another design would do, where ours first does otherwise. */
const apart = async (variant: Readonly<Record<string, string>>) => {
  const graph = coordinatorGraph({ variant, scenery: "roomy" })
  const adapter = coordinatorAdapter(roomy)
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 40, maxCommands: 120 })
  return result.divergence?.told
}

test("view-building: coordinator: S12 one that looks at no transition would ask for a tablet that moves", async () => {
  expect(await apart({ selects: "anyTablet" })).toMatchInlineSnapshot(`
    {
      "actual": [],
      "expected": [
        "it asks A.0 for task 1",
      ],
    }
  `)
}, 60_000)

test("view-building: coordinator: S9 one that counts reported tasks as gone would say SUCCESS too early", async () => {
  expect(await apart({ builtWithout: "unfinishedTasks" })).toMatchInlineSnapshot(`
    {
      "actual": [],
      "expected": [
        "behind position 3 it says that x is built",
      ],
    }
  `)
}, 60_000)
