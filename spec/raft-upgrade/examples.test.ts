// Goal: every law can be told from its absence. Method: each has a history that it accepts, and one that it refuses and says why.
import { describe, expect, test } from "vitest"
import { said } from "../example.test-support.ts"
import { witnessed } from "../witness.ts"
import { assumptions } from "./assumptions.ts"
import { crossingExamples } from "./examples/crossing.test-support.ts"
import { groupExamples } from "./examples/groups.test-support.ts"
import { stateExamples } from "./examples/states.test-support.ts"
import { waitingExamples } from "./examples/waiting.test-support.ts"
import { upgradeWitnesses } from "./laws/witnesses.ts"
import { laws, upgradeLaws } from "./laws.ts"

const examples = [...stateExamples, ...groupExamples, ...crossingExamples, ...waitingExamples]

describe("raft upgrade: laws: examples", () => {
  for (const { law: number, after, fine, broken, why } of examples)
    test(`${number} accepts one end of a story, and refuses another: ${why}`, () => {
      const law = upgradeLaws.find(({ id }) => id === `RU-${number}`)
      expect(law).toBeDefined()
      expect(said(law!, after, fine)).toBeUndefined()
      expect(said(law!, after, broken)).toBe(why)
    })

  test("every law has an example", () => {
    const known = new Set(examples.map(({ law }) => `RU-${law}`))
    expect(upgradeLaws.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([])
  })
})

describe("raft upgrade: laws", () => {
  test("every law has an id of its own, a sentence and a source", () => {
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length)
    for (const { id, sentence, source } of laws) {
      expect(id).toMatch(/^RU-[SVW]\d+[a-z]?$/)
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
    const ids = upgradeLaws.map(({ id }) => id)
    const seen = new Set(upgradeWitnesses.flatMap(witnessed))
    expect(ids.filter((id) => !seen.has(id))).toEqual([])
    expect([...seen].filter((id) => !ids.includes(id))).toEqual([])
  })
})
