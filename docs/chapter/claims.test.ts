import { describe, expect, test } from "vitest"
import { claims, hangIsTheSame } from "./claims.ts"

describe("dcp: claims", () => {
  for (const { place, says, evidence } of claims)
    test(`dcp: claims: ${place === "" ? "found here" : place}: ${says}`, () => {
      expect(evidence()).not.toBe("")
    })

  test("dcp: claims: the hang of what ships is a hang from before the fix, step for step", () => {
    expect(hangIsTheSame()).toBe(true)
  })
})
