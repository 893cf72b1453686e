import { describe, expect, it } from "vitest"
import { progressWords } from "./progress-words.ts"

const progress = { states: 40_000, generated: 90_000, queue: 10_000, depth: 12, bytes: 3.5 * 2 ** 20 }

describe("cli: progress in words", () => {
  it("says states, rate, queue, depth and memory", () => {
    expect(progressWords({ name: "everyFlow" }, progress, 2_000)).toBe(
      "everyFlow: 40,000 states, 20,000 a second, queue 10,000, depth 12, 4 MiB"
    )
  })

  it("says about when it ends where the number of states is pinned, and no longer once there are more", () => {
    expect(progressWords({ name: "s", pinned: 120_000 }, progress, 2_000)).toMatch(/, about 6 s left$/)
    expect(progressWords({ name: "s", pinned: 39_999 }, progress, 2_000)).not.toContain("left")
  })

  it("does not count as its own work what it found in a checkpoint", () => {
    const watched = { name: "s", pinned: 120_000, begun: { states: 30_000, expanded: 20_000 } }
    const words = progressWords(watched, progress, 1_000)
    expect(words).toContain(" 10,000 a second")
    expect(words).toMatch(/, about 9 s left$/)
  })

  it("says nothing that is not a number, however early it is asked", () => {
    const first = { states: 1, generated: 1, queue: 1, depth: 0, bytes: 0 }
    expect(progressWords({ name: "s", pinned: 5 }, first, 0)).not.toMatch(/NaN|Infinity|left/)
  })
})
