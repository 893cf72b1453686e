import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { scopeTokenFrom, scopeTokenText } from "./scope-token.ts"

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9:,-]{0,12}$/).filter((text) => text !== "without")

const token = fc.record({
  protocol: word,
  scope: word,
  law: word,
  variant: fc.dictionary(word, word, { noNullPrototype: true }),
  without: fc.array(word)
})

describe("cli: scope token", () => {
  it("what is written is read again", () => {
    fc.assert(
      fc.property(token, (one) => {
        expect(scopeTokenFrom(scopeTokenText(one))).toEqual(one)
      })
    )
  })

  it("is a word that no shell takes apart", () => {
    fc.assert(
      fc.property(token, (one) => {
        expect(scopeTokenText(one)).toMatch(/^[\w/:,=+-]+$/)
      })
    )
  })

  it("garbage is refused with the form that was expected", () => {
    for (const text of ["", "dcp", "dcp/oneStream", "dcp//DCP-L1", "a/b/c/d", "a/b/c+", "a/b/c+x", "a/b/c+=x"])
      expect(() => scopeTokenFrom(text)).toThrow(/^(the token of an exploration is|a parameter is given as) /)
  })
})
