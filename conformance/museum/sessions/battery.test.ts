// Goal: the battery kills every mutant and no reference. Method: send all of them through it and look at what is told.
import { describe, expect, test } from "vitest"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { battery } from "./battery.ts"
import { registryAdapter } from "./registry-adapter.ts"
import { registryMuseum } from "./registry-museum.ts"

const seed = 1

describe("sessions: museum: registry", () => {
  test.each(battery.map((exam) => [exam.name, exam] as const))("the reference passes: %s", async (_, exam) => {
    const found = []
    for await (const finding of exam.findings(registryAdapter(), seed)) found.push(finding)
    expect(found).toEqual([])
  })

  test.each(registryMuseum.mutants.map(({ id, sentence, breaks }) => [id, breaks[0], sentence] as const))(
    "%s is killed by %s, which it names: %s",
    async (id, law) => {
      expect(await registryMuseum.run(id, { seed })).toMatchObject({ id, verdict: "killed", law })
    }
  )

  test("every law of the registry has a mutant that names it first", () => {
    const named = new Set(registryMuseum.mutants.map(({ breaks }) => breaks[0]))
    expect(registryLaws.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([])
  })

  test("every mutant names laws that there are, and has a number of its own", () => {
    const known = new Set(registryLaws.map(({ id }) => id))
    expect(registryMuseum.mutants.flatMap(({ breaks }) => breaks).filter((law) => !known.has(law))).toEqual([])
    expect(new Set(registryMuseum.mutants.map(({ id }) => id)).size).toBe(registryMuseum.mutants.length)
  })

  test("the same seed gives the same result, but for the time", async () => {
    const [one, other] = [await registryMuseum.run("M07", { seed }), await registryMuseum.run("M07", { seed })]
    expect({ ...one, millis: 0 }).toEqual({ ...other, millis: 0 })
  })
})
