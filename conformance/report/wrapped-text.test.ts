import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { widest, wrap } from "./wrapped-text.ts"

describe("report: wrapped text", () => {
  it("breaks between words", () => {
    expect(wrap("a stream that ends before it is acknowledged", 16)).toEqual([
      "a stream that",
      "ends before it",
      "is acknowledged"
    ])
  })

  it("breaks a word only when no line can hold it", () => {
    expect(wrap("see 0123456789abcdef", 8)).toEqual(["see", "01234567", "89abcdef"])
  })

  it("never exceeds the width and loses nothing but blanks", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrap(text, width)
        expect(widest(lines)).toBeLessThanOrEqual(width)
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""))
      })
    )
  })
})
