/** The registry beside its model: on random walks, and on a tour of every transition of two sessions. */
import { inCreationOrder, reference } from "../../../../model/sessions/registry/variants.ts"
import { checkRole } from "../../../kit/check-role.ts"
import type { Divergence } from "../../../kit/divergence.ts"
import { quiet, registryGraph, roomy } from "../../../kit/sessions/registry-ground.ts"
import { registryPart as part } from "../../../kit/sessions/registry-part.ts"
import { tour } from "../../../kit/tour.ts"
import type { Exam, Finding } from "../exam.ts"

export const registryLockstep: Exam = {
  name: "lockstep session registry",
  async *findings(adapter, seed) {
    const graph = registryGraph(inCreationOrder, roomy)
    const { divergence, verdict } = await checkRole({
      system: graph.system,
      graph,
      part,
      adapter,
      seed,
      runs: 200,
      maxCommands: 40
    })
    if (divergence !== undefined) yield* findingsOf(divergence, this.name)
    // What an adapter cannot carry out says nothing about the subject, and must not count as if it did.
    else if (verdict !== "pass") throw new Error(`${verdict} in ${this.name}`)
  }
}

export const registryTour: Exam = {
  name: "tour of two sessions",
  async *findings(adapter) {
    const graph = registryGraph(reference, quiet)
    const { divergence } = await tour({ graph, part, adapter })
    if (divergence !== undefined) yield* findingsOf(divergence, this.name)
  }
}

const findingsOf = (divergence: Divergence<unknown, unknown>, where: string): ReadonlyArray<Finding> => {
  const { expected, actual } = divergence.told
  const { length } = divergence.story
  const what = `at ${divergence.input}: due [${expected.join("; ")}], came [${actual.join("; ")}]`
  if (divergence.brokenLaws.length === 0) return [{ law: null, by: `divergence in ${where}`, length, what }]
  return divergence.brokenLaws.map(({ law, why }) => ({
    law,
    by: `law ${law} in ${where}`,
    length,
    what: `${why}; ${what}`
  }))
}
