import { describe, expect, it } from "vitest"
import { alive, death, diagram, laneIndex, message, note, stepsDrawn } from "./diagram.ts"
import { tell } from "./told-diagram.ts"

const lanes = [
  { id: "a", title: "Alice" },
  { id: "b", title: "Bob" }
]

const story = diagram("Alice and Bob", lanes, [
  [message("a", "b", "hello")],
  [],
  [death("b", "dies"), message("a", "b", "are you there", "lost")],
  [note(["b"], "is back")],
  [message("b", "a", "yes", "dashed")]
])

describe("report: diagram", () => {
  it("numbers the steps in which something can be seen", () => {
    expect(story.events.map(({ step }) => step)).toEqual([1, 2, 2, 3, 4])
    expect(stepsDrawn(story)).toBe(4)
  })

  it("keeps a lane alive in the event that ends it, and revives it when it acts again", () => {
    expect(alive(story).map(([, bob]) => bob)).toEqual([true, true, false, true, true])
  })

  it("does not revive a lane by a message to it", () => {
    const ended = diagram("", lanes, [[death("b", "dies")], [message("a", "b", "hello")]])
    expect(alive(ended)[1]).toEqual([true, false])
  })

  it("refuses a lane that it does not have", () => {
    expect(() => laneIndex(story, "c")).toThrow('The diagram "Alice and Bob" has no lane "c".')
  })

  it("can be told in sentences", () => {
    expect(tell(story)).toEqual([
      "1. Alice to Bob: hello.",
      "2. Bob ends: dies.",
      "2. Alice (lost on the way) to Bob: are you there.",
      "3. Bob: is back.",
      "4. Bob casts to Alice: yes."
    ])
  })
})
