// Goal: our registry follows the model. Method: walk at random beside it, then take every transition that there is.
import { expect, test } from "vitest"
import { SessionRegistry } from "../../../impl/sessions/registry/session-registry.ts"
import { inCreationOrder, reference } from "../../../model/sessions/registry/variants.ts"
import { registryAdapter } from "../../museum/sessions/registry-adapter.ts"
import { checkRole } from "../check-role.ts"
import { tour } from "../tour.ts"
import { bounded, quiet, registryGraph, roomy } from "./registry-ground.ts"
import { registryPart } from "./registry-part.ts"

const part = registryPart

/** Lawful, with another order among the sessions that one close closes. */
class Backwards extends SessionRegistry {
  override closeAllExcept(keep: Parameters<SessionRegistry["closeAllExcept"]>[0]): void {
    const registered = [...this.sessions].reverse()
    this.sessions.clear()
    for (const [id, session] of registered) this.sessions.set(id, session)
    super.closeAllExcept(keep)
  }
}

/** Lets everybody in who knows a name. */
class Ajar extends SessionRegistry {
  override enter(id: Parameters<SessionRegistry["enter"]>[0]): ReturnType<SessionRegistry["enter"]> {
    this.create(id)
    return super.enter(id)
  }
}

test("sessions: registry: ours follows the model in the order of creation on random walks", async () => {
  const graph = registryGraph(inCreationOrder, roomy)
  const result = await checkRole({ system: graph.system, part, graph, adapter: registryAdapter(), seed: 1, runs: 300 })
  expect(result).toMatchObject({ verdict: "pass", runs: 300 })
  expect(result.laws.filter(({ verdict }) => verdict === "fail")).toEqual([])
})

test("sessions: registry: a divergence reads as a short story, with the laws that it breaks", async () => {
  const graph = registryGraph(inCreationOrder, roomy)
  const adapter = registryAdapter("ajar", () => new Ajar())
  const result = await checkRole({ system: graph.system, part, graph, adapter, seed: 1, runs: 300 })
  expect(result).toMatchObject({
    verdict: "fail",
    divergence: {
      channels: ["answers"],
      told: { expected: ["refused: SessionNotFound"], actual: ["done"] }
    }
  })
  expect(result.divergence?.story).toHaveLength(1)
  expect(result.divergence?.brokenLaws.map(({ law }) => law)).toContain("SES-S3")
})

test("sessions: registry: ours takes all 58,864 transitions of two sessions, with 0 divergences", async () => {
  const toured = await tour({ graph: registryGraph(inCreationOrder, bounded), part, adapter: registryAdapter() })
  expect(toured.divergence).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 4_522, transitions: 58_864 })
}, 180_000)

test("sessions: registry: where any order is allowed, ours is in one of 2,984 sets of states, with 0 divergences", async () => {
  const toured = await tour({ graph: registryGraph(reference, quiet), part, adapter: registryAdapter() })
  expect(toured.divergence).toBeUndefined()
  expect(toured).toMatchObject({ complete: true, places: 2_984, transitions: 35_772 })
})

test("sessions: registry: a lawful registry with another order is not failed", async () => {
  const adapter = registryAdapter("backwards", () => new Backwards())
  const toured = await tour({ graph: registryGraph(reference, quiet), part, adapter })
  expect(toured.divergence).toBeUndefined()
  expect(toured).toMatchObject({ complete: true })
  const strict = await tour({ graph: registryGraph(inCreationOrder, quiet), part, adapter })
  expect(strict.divergence).toMatchObject({ channels: ["answers"], brokenLaws: [] })
})

test("sessions: registry: a tour ends at the first difference", async () => {
  const adapter = registryAdapter("ajar", () => new Ajar())
  const toured = await tour({ graph: registryGraph(reference, bounded), part, adapter })
  expect(toured.divergence).toMatchObject({ channels: ["answers"], actual: [{ _tag: "Done" }] })
})
