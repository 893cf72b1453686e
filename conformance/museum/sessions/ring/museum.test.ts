// Goal: the battery of the ring kills every mutant by the law that it names first, and no reference. Method: send all through it.
import { describe, expect, test } from "vitest"
import { explore } from "../../../../model/index.ts"
import { globalTrackLaws } from "../../../../model/sessions/topology/scope.ts"
import { within } from "../../../../model/sessions/topology/scopes.ts"
import { topologyOperations } from "../../../../model/sessions/topology/topology-operations.ts"
import { reference } from "../../../../model/sessions/topology/variant.ts"
import { battery } from "./battery.ts"
import { ringMuseum } from "./museum.ts"
import { mutants } from "./mutants.ts"

describe("sessions: museum: ring", () => {
  // The bounds of a scope are walked where its counts are pinned.
  const own = battery.filter(({ name }) => !Object.hasOwn(within, name))

  test.each(own.map((trial) => [trial.name, trial] as const))("the reference passes: %s", (_, { bounds }) => {
    const { laws, complete } = explore(topologyOperations(reference, bounds, globalTrackLaws))
    expect({ broken: laws.filter(({ verdict }) => verdict === "violated"), complete }).toEqual({
      broken: [],
      complete: true
    })
  })

  test("every mutant changes one thing", () => {
    expect(mutants.filter(({ change }) => Object.keys(change).length !== 1)).toEqual([])
  })
})

describe("sessions: museum:", () => {
  for (const { id, sentence, breaks } of ringMuseum.mutants)
    test(`${id}: ${sentence}`, { timeout: 120_000 }, async () => {
      const { verdict, law } = await ringMuseum.run(id, { seed: 1 })
      expect({ verdict, law }).toEqual({ verdict: "killed", law: breaks[0] })
    })
})
