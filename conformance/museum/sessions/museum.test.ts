// Goal: the museum of sessions is complete. Method: what its parts name is compared with the laws that there are.
import { describe, expect, test } from "vitest"
import { topologyLaws } from "../../../spec/sessions/laws/topology.ts"
import { clusterLaws } from "../../../spec/sessions/laws.ts"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { mutants as clusterMutants } from "./cluster/mutants.ts"
import { sessionsMuseum } from "./museum.ts"

const laws = [...registryLaws, ...clusterLaws, ...topologyLaws].map(({ id }) => id)

describe("sessions: museum", () => {
  test("every law has a mutant that names it first, and that can be told from the reference", () => {
    const same = clusterMutants.filter((mutant) => mutant.same !== undefined).map(({ id }) => id)
    const telling = sessionsMuseum.mutants.filter(({ id }) => !same.includes(id))
    const named = new Set(telling.map(({ breaks }) => breaks[0]))
    expect(laws.filter((law) => !named.has(law))).toEqual([])
  })

  test("every mutant names laws that there are, and has a number of its own", () => {
    const named = sessionsMuseum.mutants.flatMap(({ breaks }) => breaks)
    expect(named.filter((law) => !laws.includes(law))).toEqual([])
    expect(sessionsMuseum.mutants.filter(({ breaks }) => breaks.length === 0)).toEqual([])
    expect(new Set(sessionsMuseum.mutants.map(({ id }) => id)).size).toBe(sessionsMuseum.mutants.length)
  })
})
