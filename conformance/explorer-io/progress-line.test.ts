import { describe, expect, it } from "vitest"
import { sessionFencing } from "../../model/examples/session-fencing.ts"
import { explore } from "../../model/index.ts"
import { progressLine } from "./progress-line.ts"

const report = { states: 1_000_000, generated: 0, depth: 20, queue: 400_000, bytes: 40 * 2 ** 20, millis: 1_000 }

describe("the progress line", () => {
  it("says how many states, how fast, how far, and when it may end", () => {
    const later = { ...report, states: 1_500_000, queue: 300_000, millis: 2_000 }
    expect(progressLine(later, report)).toMatchInlineSnapshot(
      `"1,500,000 states, 500,000/s, 300,000 to expand, depth 20, 40 MiB, about 3 s to go"`
    )
  })

  it("promises no end while the queue grows", () => {
    const later = { ...report, states: 1_500_000, queue: 500_000, millis: 2_000 }
    expect(progressLine(later, report)).toMatch(/no end in sight$/)
  })
})

describe("a limit of memory", () => {
  it("stops cleanly, and says what was covered", () => {
    const { complete, stoppedBecause, counts, laws } = explore(sessionFencing({ replicas: 2, sessions: 1 }), {
      maxMemoryBytes: 400_000
    })
    expect({ complete, stoppedBecause, laws: laws.map(({ verdict }) => verdict) }).toEqual({
      complete: false,
      stoppedBecause: "maxMemory",
      laws: ["unknown"]
    })
    expect(counts.distinct).toBeGreaterThan(10_000)
  })
})
