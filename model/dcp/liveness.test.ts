/** How waiting for ever is told: the hang of MB-53445, and a rebalance that goes round. */
import { describe, expect, test } from "vitest"
import { tellStory } from "../explorer/errors.ts"
import { explore } from "../explorer/explore.ts"
import { replay } from "../explorer/replay.ts"
import { asPinned } from "../kernel/scope.ts"
import { scopes } from "./scopes.ts"

const judged = (name: string, law: string) => {
  const system = scopes.find((scope) => scope.name === name)!.system(asPinned)
  const result = explore(system).laws.find(({ id }) => id === law)!
  const story = result.story ?? []
  return { system, result, story, told: tellStory(story.map(({ rule, actor }) => ({ rule, actor, labels: [] }))) }
}

describe("dcp: liveness", () => {
  for (const name of ["beforeFix", "asShipped"])
    test(`dcp: liveness: ${name}: MB-53445 is a run that stops while the caller of a set-up still waits`, () => {
      const { system, result, story, told } = judged(name, "DCP-L1")
      expect(result).toMatchObject({ verdict: "violated", length: 12, why: "c1 waits for an answer" })
      expect(result.lasso).toBeUndefined()
      expect(told).toMatchInlineSnapshot(`
        "1. caller: caller.calls
        2. consumer: consumer.takes
        3. kv consumer: kvConsumer.takes
        4. kv consumer: kvConsumer.says
        5. consumer: consumer.takes
        6. kv producer: kvProducer.takes
        7. kv producer: kvProducer.endsStream
        8. producer: producer.takes
        9. producer: producer.writes
        10. consumer: consumer.takes
        11. kv consumer: kvConsumer.takes
        12. kv consumer: kvConsumer.takes"
      `)
      expect(replay(system, story).pending).toContainEqual({ law: "DCP-L1", why: "c1 waits for an answer" })
    })

  test("dcp: liveness: asShippedManager: the rebalance goes round for ever", () => {
    const { system, result, story, told } = judged("asShippedManager", "DCP-L6")
    expect(result).toMatchObject({ verdict: "violated", length: 8, lasso: 8 })
    expect(told).toMatchInlineSnapshot(`
      "1. rebalance: rebalance.asks
      2. manager: manager.takes
      3. replicator: replicator.answers
      4. replicator: replicator.dies
      5. manager: manager.takes
      6. manager: manager.takes
      7. rebalance: rebalance.asks
      8. manager: manager.takes
      9. rebalance: rebalance.asks
      10. manager: manager.takes"
    `)
    // Twice round is as possible as once, and nobody waits less afterwards.
    const round = story.slice(result.lasso)
    const { possible, pending } = replay(system, [...story, ...round, ...round])
    expect(possible).toBe(true)
    expect(pending).toContainEqual({ law: "DCP-L6", why: result.why })
  })
})
