import { expect, test } from "vitest"
import { asShipped, inCreationOrder } from "../../model/sessions/registry/variants.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { comparedWith, explainedBy, registryRecording } from "./session-registry.ts"

const recorded = registryRecording()

test("sessions: transcripts: asShipped allows what the real registry told, in all 12,397 steps", () => {
  const explained = explainedBy(recorded, asShipped)
  expect(explained.unexplained[0]).toBeUndefined()
  expect(explained).toMatchObject({ runs: 750, steps: 12_397, states: 6 })
})

test("sessions: transcripts: the order of creation does not explain everything, so any order must be allowed", () => {
  const { unexplained, steps } = explainedBy(recorded, inCreationOrder)
  expect([unexplained.length, steps]).toEqual([4, 12_368])
})

test("sessions: transcripts: ours answers what the real registry answered, but where one close may go in another order", async () => {
  const compared = await comparedWith(recorded, asShipped, registryAdapter())
  expect(compared).toEqual({ runs: 750, steps: 12_368, otherOrder: 4, left: 29, unexplained: [] })
})

test("sessions: transcripts: a registry that drains nothing is found out by the recordings", () => {
  expect(explainedBy(recorded, { ...asShipped, drained: "kept" }).unexplained.length).toBeGreaterThan(100)
})
