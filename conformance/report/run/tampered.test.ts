// Goal: no file makes a report fail otherwise than with its line. Method: change the sample at random places, and make every form.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { renderPage } from "../html.ts"
import { sampleRun } from "../sample-report.ts"
import { compareRuns } from "./compare.ts"
import { renderGithub } from "./github.ts"
import { renderJunit } from "./junit.ts"
import { RunError, readRun } from "./read.ts"
import type { Run } from "./run.ts"
import { renderSarif } from "./sarif.ts"
import { renderTerminal } from "./terminal.ts"
import { runText } from "./write.ts"

const text = runText(sampleRun)

/** Values that stand in a run, for another place than their own. */
const values = [
  ...new Set(text.match(/"[^"\\]*"|[0-9]+|true|false|\[\]|\{\}/g) ?? []),
  "null",
  "-1",
  "1e99",
  '"__proto__"'
]

const read = (tampered: string): Run | undefined => {
  try {
    return readRun(tampered)
  } catch (error) {
    if (error instanceof RunError && /^line \d+: [^\n]+$/.test(error.message)) return undefined
    throw error
  }
}

const allForms = (run: Run): ReadonlyArray<string> => {
  const comparison = compareRuns(sampleRun, run)
  return [
    renderPage(run, comparison),
    renderTerminal(run, comparison),
    renderJunit(run),
    renderGithub(run, "run.jsonl"),
    renderSarif(run, "run.jsonl", comparison)
  ]
}

describe("report: run: a file that somebody has changed", () => {
  it("is told by its line, or every form can be made of it, whichever value is put into another's place", () => {
    const places = [...text.matchAll(/"[^"\\]*"|[0-9]+|true|false/g)].map(({ index, 0: { length } }) => [index, length])
    let made = 0
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...values), ([from = 0, length = 0], value) => {
        const run = read(text.slice(0, from) + value + text.slice(from + length))
        if (run === undefined) return
        made++
        for (const form of allForms(run)) expect(form).not.toMatch(/NaN|Infinity|undefined/)
      }),
      { numRuns: 1_500, seed: 5 }
    )
    expect(made).toBeGreaterThan(100)
  })

  it("is told by its line, whatever text it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(text.length), (noise, at) => {
        expect(() => read(noise)).not.toThrow()
        expect(() => read(text.slice(0, at) + noise + text.slice(at))).not.toThrow()
        expect(() => read(text.slice(0, at))).not.toThrow()
      }),
      { numRuns: 300, seed: 6 }
    )
  })
})
