/** What can be said of the laws of any protocol: each is told from its absence, has a source, and something to judge. */
import { describe, expect, test } from "vitest"
import { type Example, said } from "./example.test-support.ts"
import type { Assumption, Law } from "./law.ts"
import { witnessed } from "./witness.ts"

export interface Judged<L> {
  /** As test titles have it. */
  readonly protocol: string
  /** What ids begin with, such as `VB`. */
  readonly prefix: string
  /** The letters that may follow. */
  readonly letters: string
  /** Witnesses too. */
  readonly laws: ReadonlyArray<Law<L>>
  readonly judging: ReadonlyArray<Law<L>>
  readonly witnesses: ReadonlyArray<Pick<Law<L>, "id" | "source">>
  readonly assumptions: ReadonlyArray<Assumption>
  readonly examples: ReadonlyArray<Example<L>>
}

/** Method: each law has a history that it accepts, and one that it refuses and says why. */
export const claimLaws = <L>({
  protocol,
  prefix,
  letters,
  laws,
  judging,
  witnesses,
  assumptions,
  examples
}: Judged<L>): void => {
  describe(`${protocol}: laws: examples`, () => {
    for (const { law: number, after, fine, broken, why } of examples)
      test(`${number} accepts one end of a story, and refuses another: ${why}`, () => {
        const law = judging.find(({ id }) => id === `${prefix}-${number}`)
        expect(law).toBeDefined()
        expect(said(law!, after, fine)).toBeUndefined()
        expect(said(law!, after, broken)).toBe(why)
      })

    test("every law has an example", () => {
      const known = new Set(examples.map(({ law }) => `${prefix}-${law}`))
      expect(judging.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([])
    })
  })

  describe(`${protocol}: laws`, () => {
    test("every law has an id of its own, a sentence and a source", () => {
      expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length)
      for (const { id, sentence, source } of laws) {
        expect(id).toMatch(new RegExp(`^${prefix}-[${letters}]\\d+[a-z]?$`))
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
      const ids = judging.map(({ id }) => id)
      const seen = new Set(witnesses.flatMap(witnessed))
      expect(ids.filter((id) => !seen.has(id))).toEqual([])
      expect([...seen].filter((id) => !ids.includes(id))).toEqual([])
    })
  })
}
