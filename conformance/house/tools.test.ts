import { describe, expect, it } from "vitest"
import { complaints, layers, tool } from "./repository.test-support.ts"

describe("house: tools", () => {
  it("every file type-checks, the strictest way the compiler knows", () => {
    expect(complaints(tool("typescript/bin/tsc", ["--noEmit"]))).toBe("")
  })

  it("every file is formatted and linted, without a single warning", () => {
    expect(complaints(tool("@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]))).toBe("")
  })

  it("every import is allowed by the table of imports", () => {
    const args = ["--config", ".dependency-cruiser.cjs", ...layers]
    expect(complaints(tool("dependency-cruiser/bin/dependency-cruise.mjs", args))).toBe("")
  })

  it("no file, export or dependency is unused, and none is missing", () => {
    expect(complaints(tool("knip/bin/knip.js", ["--no-progress"]))).toBe("")
  })
})
