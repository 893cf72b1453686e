import fc from "fast-check"
import { expect, test } from "vitest"
import { simulate } from "../../model/explorer/simulate.ts"
import { dcpSystem } from "./dcp/dcp-roles.ts"
import { alone, between } from "./dcp/settings.ts"
import { historyLaws } from "./law-memories.ts"
import { StateGraph } from "./state-graph.ts"

const choices = fc.array(fc.nat(), { maxLength: 60 })

test.each([
  ["a consumer connection alone", alone],
  ["a pair between kv ends", between]
] as const)("kit: graph: it goes where the simulation goes, and laws say the same of it (%s)", (_, setting) => {
  const system = dcpSystem("dcp/consumer-connection", { ...setting, variant: "asShipped" })
  const graph = new StateGraph(system, () => null)
  const judging = new Set(historyLaws(system.laws).map(({ id }) => id))
  fc.assert(
    fc.property(choices, (indices) => {
      const simulation = simulate(system)
      let node = graph.start()
      for (const index of indices) {
        const moves = graph.rules.flatMap((_, rule) => graph.moves(node, rule))
        const enabled = simulation.enabled()
        expect(moves.map(({ rule, labels }) => [rule, labels])).toEqual(
          enabled.map(({ rule, firing }) => [rule, firing.labels])
        )
        if (moves.length === 0) return
        const { node: next, broken } = graph.after(node, moves[index % moves.length]!)
        const taken = simulation.take(index % moves.length)
        expect(broken.map(({ law }) => law).sort()).toEqual(
          taken.broken.flatMap(({ law }) => (judging.has(law) ? [law] : [])).sort()
        )
        node = next
      }
    }),
    { seed: 1, numRuns: 60 }
  )
})

test("kit: graph: a state that is reached in two ways is one node, and its moves are asked once", () => {
  const graph = new StateGraph(dcpSystem("dcp/consumer-connection", alone), () => null)
  const start = graph.start()
  const closes = graph.rules.indexOf("socket closes")
  const dead = graph.after(start, graph.moves(start, closes)[0]!).node
  const again = graph.after(dead, graph.moves(dead, graph.rules.indexOf("restart"))[0]!).node
  expect(again).toBe(start)
  expect(graph.moves(start, closes)).toBe(graph.moves(again, closes))
})
