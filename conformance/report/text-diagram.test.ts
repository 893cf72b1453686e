import { stripVTControlCharacters } from "node:util"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { death, diagram, message, note, type Occurrence } from "./diagram.ts"
import { renderText } from "./text-diagram.ts"

const lanes = [
  { id: "a", title: "caller" },
  { id: "b", title: "consumer" },
  { id: "c", title: "kv consumer" }
]

const drawn = (...steps: ReadonlyArray<ReadonlyArray<Occurrence>>) => renderText(diagram("", lanes, steps))

const ids = fc.constantFrom("a", "b", "c")

const occurrence: fc.Arbitrary<Occurrence> = fc.oneof(
  fc
    .tuple(ids, ids, fc.string({ maxLength: 150 }), fc.constantFrom("solid", "dashed", "lost"))
    .map(([from, to, text, kind]) => message(from, to, text, kind)),
  fc.tuple(ids, fc.string({ maxLength: 150 })).map(([lane, text]) => note([lane], text)),
  fc.tuple(ids, fc.string({ maxLength: 150 })).map(([lane, text]) => death(lane, text))
)

describe("report: text diagram", () => {
  it("has arrows with their labels on them, and each step's number once", () => {
    expect(
      drawn(
        [message("a", "b", "setup [5]")],
        [message("b", "c", "ADD_STREAM 5"), message("b", "a", "reply ok")],
        [message("c", "a", "a word to the caller", "dashed")]
      )
    ).toMatchInlineSnapshot(`
      "      caller         consumer          kv consumer
        1   │─ setup [5] ─▶│                 │
        2   │              │─ ADD_STREAM 5 ─▶│
            │◀─ reply ok ──│                 │
        3   │◀╌ a word to the caller ╌╌╌╌╌╌╌╌│"
    `)
  })

  it("ends the lifeline of the dead until they act again", () => {
    expect(
      drawn([death("b", "crash")], [message("a", "b", "hello?", "lost")], [message("b", "a", "back")])
    ).toMatchInlineSnapshot(`
      "      caller      consumer  kv consumer
        1   │           ╳ crash   │
        2   │─ hello? ╳           │
        3   │◀─ back ───│         │"
    `)
  })

  it("puts a label that no width can hold above its arrow", () => {
    const long = "a label of many words ".repeat(6).trim()
    expect(drawn([message("a", "b", long)])).toMatchInlineSnapshot(`
      "      caller                                                                             consumer  kv consumer
        1   │ a label of many words a label of many words a label of many words a label of     │         │
            │ many words a label of many words a label of many words                           │         │
            │─────────────────────────────────────────────────────────────────────────────────▶│         │"
    `)
  })

  it("keeps to its width, without trailing blanks and control characters, whatever the labels", () => {
    fc.assert(
      fc.property(fc.array(fc.array(occurrence, { maxLength: 3 }), { maxLength: 6 }), (steps) => {
        for (const line of drawn(...steps).split("\n")) {
          expect([...line].length).toBeLessThanOrEqual(110)
          expect(line).toBe(line.trimEnd())
          expect(line).not.toMatch(/\p{Cc}/u)
        }
      })
    )
  })

  it("shows in colour what it shows without", () => {
    const story = diagram("", lanes, [
      [message("a", "b", "hello", "dashed")],
      [note(["b"], "so")],
      [death("b", "crash")]
    ])
    const coloured = renderText(story, { colour: true })
    expect(coloured).toContain("\u001b[31m╳")
    const plain = stripVTControlCharacters(coloured)
    expect(
      plain
        .split("\n")
        .map((line) => line.trimEnd())
        .join("\n")
    ).toBe(renderText(story))
  })
})
