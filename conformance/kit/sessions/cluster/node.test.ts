// Goal: our replica node follows the model. Method: walk at random beside it, stopping it where things may run against each other.
import { expect, test } from "vitest"
import { nodeAdapter } from "../../../adapters/sessions-cluster/node.ts"
import { checkRole } from "../../check-role.ts"
import { firstAtHome, firstForNode, graphAtHome, nodeGraph } from "./node-ground.ts"
import { nodePart as part } from "./node-part.ts"

test("sessions: replica node: all that ours tells is what the model tells, on random walks", async () => {
  const graph = nodeGraph()
  const adapter = nodeAdapter(firstForNode)
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 150, maxCommands: 100 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 150 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
}, 120_000)

test("sessions: replica node: also where it has the tablet from the beginning, and moves it between its shards", async () => {
  const { metadata, rows } = firstAtHome
  const graph = graphAtHome()
  const adapter = nodeAdapter(metadata, undefined, undefined, rows)
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 150, maxCommands: 100 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 150 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
}, 120_000)
