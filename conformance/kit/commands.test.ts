import fc from "fast-check"
import { expect, test } from "vitest"
import { commandsFor, Journal } from "./commands.ts"
import { consumerPart } from "./dcp/consumer-part.ts"
import { dcpSystem } from "./dcp/dcp-roles.ts"
import { misbehaving, modelMade } from "./dcp/model-made.test-support.ts"
import { between } from "./dcp/settings.ts"
import { graphFor, stage } from "./stage.ts"
import { Walk } from "./walk.ts"

const graph = graphFor(dcpSystem("dcp/consumer-connection", between), consumerPart)

const sequences = (journal = new Journal<never, never, never, never>()) =>
  commandsFor(graph, consumerPart, journal as never, 40, {})

test("kit: commands: as long as anything is possible, every command does something", async () => {
  const property = fc.asyncProperty(sequences(), async (commands) => {
    const walk = new Walk(stage(graph, consumerPart, modelMade()))
    await walk.begin()
    await fc.asyncModelRun(() => ({ model: walk, real: walk }), commands)
    const stuck = graph.rules.every((_, rule) => graph.moves(walk.node, rule).length === 0)
    expect(walk.chosen.length === [...commands].length || stuck).toBe(true)
  })
  await fc.assert(property, { seed: 1, numRuns: 100 })
})

test("kit: commands: one that ran in a failing run reads as what it did, and any other as what it may do", async () => {
  const wrong = misbehaving((right) => ({ ...right, outputs: [] }))
  const journal = new Journal<never, never, never, never>()
  const property = fc.asyncProperty(sequences(journal), async (commands) => {
    const walk = new Walk(stage(graph, consumerPart, wrong))
    journal.begin()
    await walk.begin()
    try {
      await fc.asyncModelRun(() => ({ model: walk, real: walk }), commands)
    } catch (error) {
      journal.keep()
      throw error
    }
  })
  const failed = await fc.check(property, { seed: 1 })
  expect(fc.stringify(failed.counterexample)).toMatchInlineSnapshot(
    `"[caller: caller.calls,setup-streams caller=c1 vbuckets=[] /*replayPath="BjD:F"*/]"`
  )
  const [first] = fc.sample(sequences(), { seed: 3, numRuns: 1 })
  expect([...first!].slice(0, 3).map(String)).toMatchInlineSnapshot(`
    [
      "kvConsumer.says #23223",
      "producer.writes #2272",
      "consumer.takes #43828",
    ]
  `)
})

test("kit: commands: faults are rare, and never stand in for what is not possible", () => {
  const commands = fc.sample(sequences(), { seed: 1, numRuns: 200 }).flatMap((sequence) => [...sequence].map(String))
  const faults = commands.filter((command) => command.startsWith("socket.breaks"))
  expect(faults.length / commands.length).toBeLessThan(0.04)
})
