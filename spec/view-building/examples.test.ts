// Goal: every law can be told from its absence. Method: each has a history that it accepts, and one that it refuses and says why.
import { describe, expect, test } from "vitest"
import { said } from "../example.test-support.ts"
import { witnessed } from "../witness.ts"
import { assumptions } from "./assumptions.ts"
import { callExamples } from "./examples/calls.test-support.ts"
import { dataExamples } from "./examples/data.test-support.ts"
import { groupZeroExamples } from "./examples/group-zero.test-support.ts"
import { waitingExamples } from "./examples/waiting.test-support.ts"
import { workerExamples } from "./examples/workers.test-support.ts"
import { buildingLaws, buildingWitnesses, laws } from "./laws.ts"

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
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length)
    for (const { id, sentence, source } of laws) {
      expect(id).toMatch(/^VB-[SDLW]\d+[a-z]?$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(source).not.toBe("")
    }
  })

  test("a law about waiting names only assumptions that there are", () => {
    const known = assumptions.map(({ id }) => id)
    for (const law of laws)
      if (law.modality === "leadsTo") expect(known).toEqual(expect.arrayContaining([...law.given]))
  })

  test("every law has a witness that its premise occurs, and every witness is for laws that there are", () => {
    const ids = buildingLaws.map(({ id }) => id)
    const seen = new Set(buildingWitnesses.flatMap(witnessed))
    expect(ids.filter((id) => !seen.has(id))).toEqual([])
    expect([...seen].filter((id) => !ids.includes(id))).toEqual([])
  })
})
