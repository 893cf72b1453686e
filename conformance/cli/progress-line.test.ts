import { describe, expect, it } from "vitest"
import { ProgressLine } from "./progress-line.ts"

describe("cli: progress line", () => {
  it("is written over itself at most ten times a second, and cleared before anything stays", () => {
    let written = ""
    let now = 0
    const line = new ProgressLine(
      (text) => {
        written += text
      },
      () => now
    )
    line.clear()
    for (now = 0; now <= 150; now += 50) line.show(() => `at ${now}`)
    line.clear()
    line.clear()
    expect(written).toBe("\r\u001b[Kat 0\r\u001b[Kat 100\r\u001b[K")
  })
})
