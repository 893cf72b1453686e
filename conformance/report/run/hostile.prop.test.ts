// Goal: no text at all gets out of its place in any form. Method: random texts, with pieces that are known to be dangerous among them.
import fc from "fast-check"
import { expect, it } from "vitest"
import { renderPage } from "../html.ts"
import { renderSvg } from "../svg-diagram.ts"
import { malformation } from "../well-formed.ts"
import { compareRuns } from "./compare.ts"
import { renderGithub } from "./github.ts"
import { hostile, runSaying } from "./hostile.test-support.ts"
import { renderJunit } from "./junit.ts"
import { readRun } from "./read.ts"
import { linesOf } from "./run.ts"
import { renderSarif } from "./sarif.ts"
import { renderTerminal } from "./terminal.ts"
import { runText } from "./write.ts"

/** Whatever moves a cursor, hides, turns the direction around or is no character: XML 1.0 forbids a part of it. */
const unseen = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Noncharacter_Code_Point}|\u2028|\u2029/u

const markup =
  /<(?!\/?(html|head|meta|title|style|body|main|h[1-3]|p|section|div|table|caption|thead|tbody|tr|t[hd]|span|pre|article|figure|svg|desc|rect|line|text|path|dl|d[td]|code)\b|!doctype html>)/i

const pieces = fc.oneof(
  fc.constantFrom(
    ...Object.values(hostile),
    "<",
    "&",
    "&#60;script&#62;",
    "]]>",
    "-->",
    "::error file=x::y",
    "\n::set-env name=PATH::",
    "%0A::warning::",
    "##[section]",
    "\u202e",
    "\u2067",
    "\u061c",
    "\u001b]8;;http://x\u0007",
    "\u0090q",
    "\ufffe",
    "\ud83d",
    "\u0000"
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 })
)

const texts = fc.array(pieces, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""))

it("report: hostile: whatever an adapter says is data in every form", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const run = runSaying(text)
      const comparison = compareRuns(runSaying("before"), run)
      const page = renderPage(run, comparison)
      const junit = renderJunit(run)
      const github = renderGithub(run, "report/run.jsonl")
      const terminal = renderTerminal(run, comparison)
      const sarif = renderSarif(run, "report/run.jsonl", comparison)
      const stream = runText(run)
      const pictures = run.divergences.map(({ drawn }) => renderSvg(drawn))
      for (const form of [page, junit, github, terminal, sarif, stream, ...pictures]) expect(form).not.toMatch(unseen)
      for (const form of [page, ...pictures]) {
        expect(malformation(form)).toBeUndefined()
        expect(form).not.toMatch(markup)
      }
      expect(malformation(junit.replace(/^<\?xml[^>]*>/, ""))).toBeUndefined()
      expect(junit).not.toMatch(/<!|\]\]>/)
      expect(terminal).not.toMatch(/^\s*::|##[a-z]*\[/m)
      const kinds = github
        .trimEnd()
        .split("\n")
        .map((line) => /^::(\w+) (?:[a-z]+=[^,:]*,?)+::/.exec(line)?.[1])
      expect(kinds).toEqual(["error", "error", "warning", "notice", "notice", "notice"])
      expect(() => JSON.parse(sarif)).not.toThrow()
      expect(linesOf(readRun(stream))).toEqual(linesOf(run))
    }),
    { numRuns: 200, seed: 8 }
  )
})
