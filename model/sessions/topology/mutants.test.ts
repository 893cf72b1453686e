/** Goal: every switch of the global track breaks the law that its mutant names. Method: one change of the reference in a scope that the reference holds. */
import { describe, expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { small, type TopologyBounds } from "./bounds.ts"
import { topologyMutants } from "./mutants.ts"
import { globalTrackLaws } from "./scope.ts"
import { topologyScopes, within } from "./scopes.ts"
import { topologyOperations } from "./topology-operations.ts"
import { reference, type TopologyVariant } from "./variant.ts"

const violationsOf = (change: Partial<TopologyVariant>, bounds: Partial<TopologyBounds>) => {
  const found = explore(topologyOperations({ ...reference, ...change }, { ...small, ...bounds }, globalTrackLaws))
  const violated = found.laws.filter(({ verdict }) => verdict === "violated")
  return Object.fromEntries(violated.map(({ id, length }) => [id.slice("SES-".length), length ?? 0]))
}

describe("sessions: topology: mutants", () => {
  for (const { id, sentence, change, scope, breaks } of topologyMutants)
    test(`sessions: topology: mutants: ${id} (${scope}): breaks ${Object.keys(breaks).join(", ")}: ${sentence}`, () => {
      expect(violationsOf(change, within[scope])).toMatchObject(breaks)
      // The same bounds hold every law under the reference, as the scope of this name shows.
      expect(topologyScopes.find(({ name }) => name === scope)?.mustFail).toEqual([])
    })

  test("sessions: topology: a barrier that waits for everybody after a rollback does what the drain of a cleanup does", () => {
    const change: Partial<TopologyVariant> = { rollbackBarrier: "everybody", cleanupAwaits: "writes" }
    expect(violationsOf(change, within.rollback)).toEqual({})
  })

  test("sessions: topology: a rollback that keeps its session is not helped by a barrier that waits for everybody", () => {
    const change: Partial<TopologyVariant> = { rollbackBarrier: "everybody", rollbackClears: "no" }
    expect(violationsOf(change, within.rollback)).toHaveProperty("D3t")
  })
})
