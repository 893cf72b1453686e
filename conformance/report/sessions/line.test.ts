import { describe, expect, it } from "vitest"
import { linesOf, type Sentence } from "./line.ts"
import { numberedLines } from "./numbered-lines.ts"

/** A sentence in capitals has a line to itself; an empty one cannot be seen. */
const sentences = (...texts: ReadonlyArray<string>): ReadonlyArray<Sentence<string>> =>
  texts.map((text, at) => ({
    step: { rule: `rule ${at + 1}`, actor: "somebody", labels: text === "" ? [] : [text] },
    text,
    routine: text === text.toLowerCase()
  }))

const told = (texts: ReadonlyArray<string>, cut?: number) =>
  linesOf(sentences(...texts), (labels) => labels.join(" "), cut).map(({ first, last, text }) => [first, last, text])

describe("report: sessions: lines", () => {
  it("routine steps that follow each other share one", () => {
    expect(told(["A", "b", "c", "D"])).toEqual([
      [1, 1, "A"],
      [2, 3, "b c"],
      [4, 4, "D"]
    ])
  })

  it("what cannot be seen goes with what follows it, or with the routine before it", () => {
    expect(told(["", "A", "b", "", "C", ""])).toEqual([
      [1, 2, "A"],
      [3, 4, "b"],
      [5, 5, "C"],
      [6, 6, "rule 6"]
    ])
  })

  it("none reaches over the place where a loop begins", () => {
    expect(told(["a", "b", "c"], 1)).toEqual([
      [1, 1, "a"],
      [2, 3, "b c"]
    ])
  })

  it("no step is missing from the numbers, whatever is told", () => {
    const lines = told(["", "a", "B", "", "", "c", "D", "E", ""], 4)
    const covered = lines.flatMap(([first, last]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => Number(first) + at)
    )
    expect(covered).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it("a long one goes on below, behind its numbers", () => {
    const lines = linesOf(sentences("A", "some words that are too many", "B"), (labels) => labels.join(" "), undefined)
    expect(numberedLines(lines, { width: 30 })).toMatchInlineSnapshot(`
      "        1  A
              2  some words that are
                 too many
              3  B"
    `)
  })
})
