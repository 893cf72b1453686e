// Goal: the battery of a cluster kills every mutant by the law that it names, and no reference. Method: send all through it.
import { describe, expect, test } from "vitest"
import { cluster } from "../../../../model/sessions/cluster/cluster.ts"
import { reference } from "../../../../model/sessions/cluster/variant.ts"
import { clusterLaws } from "../../../../spec/sessions/laws.ts"
import { attempts, counted, keepsBound, M79 } from "./attempts.ts"
import { battery } from "./battery.ts"
import { face, judged } from "./judge.ts"
import { lawsOf } from "./laws-of.ts"
import { mutants } from "./mutants.ts"

describe("sessions: museum: cluster", () => {
  test.each(battery.map((trial) => [trial.name, trial] as const))("the reference passes: %s", (_, trial) => {
    expect(judged(cluster(reference, trial.bounds, lawsOf(trial)))).toEqual({ broken: [], complete: true })
  })

  test("every mutant names laws that there are, has a number of its own, and changes one thing", () => {
    const known = new Set(clusterLaws.map(({ id }) => id))
    expect(mutants.flatMap(({ breaks }) => breaks).filter((law) => !known.has(law))).toEqual([])
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length)
    expect(mutants.filter(({ change }) => Object.keys(change).length !== 1)).toEqual([])
  })
})

describe("sessions: museum:", () => {
  test.each(mutants.map((mutant) => [mutant.id, mutant.sentence, mutant] as const))("%s: %s", async (id, _, mutant) => {
    expect(await face(mutant)).toMatchObject(
      mutant.same === undefined
        ? { id, verdict: "killed", law: mutant.breaks[0] }
        : { id, verdict: "equivalent", law: null }
    )
  })

  test(`${M79.id}: ${M79.sentence}`, () => {
    expect(keepsBound((clock) => clock)).toBe(true)
    expect(counted(M79, attempts(M79.timing))).toMatchObject({ id: "M79", verdict: "killed", law: "SES-L3" })
  })
})
