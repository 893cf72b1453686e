import { describe, expect, it } from "vitest"
import type { Verdict } from "../report/report.ts"
import { statusOf, worst } from "./exit-status.ts"

describe("cli: exit status", () => {
  it("the highest wins, and nothing at all is a pass", () => {
    expect(worst([])).toBe(0)
    expect(worst([1, 0, 3, 2])).toBe(3)
  })

  it("only what is right, known or not asked for is green", () => {
    const of = (verdicts: ReadonlyArray<Verdict>) => verdicts.map(statusOf)
    expect(of(["pass", "known-failure", "unsupported", "not-applicable"])).toEqual([0, 0, 0, 0])
    expect(of(["fail", "unexpected-pass"])).toEqual([1, 1])
    expect(of(["unknown", "flaky"])).toEqual([2, 2])
    expect(of(["nondeterministic", "adapter-error"])).toEqual([3, 3])
  })
})
