// Goal: what an adapter says is data in every form. Method: let it say the worst wherever it can, and look for marks of it.
import { describe, expect, it } from "vitest"
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

/** Whatever moves a cursor, hides, or turns around; line breaks are ours. */
const unseen = /[^\P{Cc}\n]|\p{Cf}|\p{Cs}|\p{Noncharacter_Code_Point}|\u2028|\u2029/u

const dangerous = /<script|<img|<!\[CDATA|\]\]>|-->|<[^>"]*\sonload=/

describe.each(Object.entries(hostile))("report: hostile: a text that %s", (_, text) => {
  const run = runSaying(text)
  const comparison = compareRuns(runSaying("x"), run)

  it("goes through the stream unchanged, and can be shown by a terminal", () => {
    const stream = runText(run)
    expect(stream).not.toMatch(unseen)
    expect(stream.split("\n")).toHaveLength(linesOf(run).length + 1)
    const again = readRun(stream)
    expect(linesOf(again)).toEqual(linesOf(run))
    expect(again.roles[0]?.way).toBe(text)
  })

  it("does nothing on a page and in its pictures", () => {
    const page = renderPage(run, comparison)
    expect(page).not.toMatch(unseen)
    expect(page).not.toMatch(dangerous)
    expect(malformation(page)).toBeUndefined()
    for (const { drawn } of run.divergences) {
      const picture = renderSvg(drawn)
      expect(picture).not.toMatch(unseen)
      expect(picture).not.toMatch(dangerous)
      expect(malformation(picture)).toBeUndefined()
    }
  })

  it("does nothing on a terminal, and begins no line of ours", () => {
    const shown = renderTerminal(run, comparison)
    expect(shown).not.toMatch(unseen)
    expect(shown).not.toMatch(/^✓|^\s*::|##[a-z]*\[/m)
  })

  it("is text in JUnit", () => {
    const document = renderJunit(run)
    expect(document).not.toMatch(unseen)
    expect(document).not.toMatch(dangerous)
    expect(malformation(document.replace(/^<\?xml[^>]*>/, ""))).toBeUndefined()
  })

  it("is no command to GitHub", () => {
    const commands = renderGithub(run, "report/run.jsonl")
    expect(commands).not.toMatch(unseen)
    const lines = commands.trimEnd().split("\n")
    expect(lines.map((line) => /^::(\w+) /.exec(line)?.[1])).toEqual([
      "error",
      "error",
      "warning",
      "notice",
      "notice",
      "notice"
    ])
    for (const line of lines.slice(0, 3)) expect(line).toMatch(/^::\w+ file=report\/run\.jsonl,line=\d+,title=[^:,]*::/)
  })

  it("is text in SARIF", () => {
    const log = renderSarif(run, "report/run.jsonl", comparison)
    expect(log).not.toMatch(unseen)
    expect(JSON.parse(log)).toMatchObject({ version: "2.1.0" })
  })
})
