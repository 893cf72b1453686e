// Goal: every law can be told from its absence. Method: each has a history that it accepts, and one that it refuses and says why.
import { describe, expect, test } from "vitest"
import { said } from "../example.test-support.ts"
import { assumptions } from "./assumptions.ts"
import { callExamples } from "./examples/calls.test-support.ts"
import { dataExamples } from "./examples/data.test-support.ts"
import { groupZeroExamples } from "./examples/group-zero.test-support.ts"
import { waitingExamples } from "./examples/waiting.test-support.ts"
import { workerExamples } from "./examples/workers.test-support.ts"
import { buildingLaws } from "./laws.ts"

const examples = [...groupZeroExamples, ...callExamples, ...workerExamples, ...dataExamples, ...waitingExamples]

describe("view building: laws: examples", () => {
  for (const { law: number, after, fine, broken, why } of examples)
    test(`${number} accepts one end of a story, and refuses another: ${why}`, () => {
      const law = buildingLaws.find(({ id }) => id === `VB-${number}`)
      expect(law).toBeDefined()
      expect(said(law!, after, fine)).toBeUndefined()
      expect(said(law!, after, broken)).toBe(why)
    })

  test("every law has an example", () => {
    const known = new Set(examples.map(({ law }) => `VB-${law}`))
    expect(buildingLaws.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([])
  })
})

describe("view building: laws", () => {
  test("every law has an id of its own, a sentence and a source", () => {
    expect(new Set(buildingLaws.map(({ id }) => id)).size).toBe(buildingLaws.length)
    for (const { id, sentence, source } of buildingLaws) {
      expect(id).toMatch(/^VB-[SDLW]\d+[a-z]?$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(source).not.toBe("")
    }
  })

  test("a law about waiting names only assumptions that there are", () => {
    const known = assumptions.map(({ id }) => id)
    for (const law of buildingLaws)
      if (law.modality === "leadsTo") expect(known).toEqual(expect.arrayContaining([...law.given]))
  })
})
