import { describe, expect, test } from "vitest"
import { assumptions } from "./assumptions.ts"
import { laws } from "./laws.ts"

describe("dcp: laws", () => {
  test("dcp: laws: every law has an id of its own, a sentence and a source", () => {
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length)
    for (const { id, sentence, source } of laws) {
      expect(id).toMatch(/^DCP-[SLW]\d+[a-z]?$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(source).not.toBe("")
    }
  })

  test("dcp: laws: a law about waiting names only assumptions that there are", () => {
    const known = assumptions.map(({ id }) => id)
    for (const law of laws)
      if (law.modality === "leadsTo") expect(known).toEqual(expect.arrayContaining([...law.given]))
  })
})
