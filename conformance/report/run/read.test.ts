import { describe, expect, it } from "vitest"
import { sampleRun } from "../sample-report.ts"
import { readRun } from "./read.ts"
import { linesOf } from "./run.ts"
import { runText } from "./write.ts"

const text = runText(sampleRun)
const lines = text.trimEnd().split("\n")

/** What is said of the sample with one line replaced, counted from 1, or taken away. */
const complaint = (line: number, ...instead: ReadonlyArray<string>): string => {
  try {
    readRun(`${lines.toSpliced(line - 1, 1, ...instead).join("\n")}\n`)
    return "none"
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

const changed = (line: number, from: string, to: string): string => lines[line - 1]!.replace(from, to)

const at = (start: string): number => lines.findIndex((line) => line.startsWith(`{"_tag":"${start}"`)) + 1

describe("report: run: read", () => {
  it("gives back what was written", () => {
    expect(linesOf(readRun(text))).toEqual(linesOf(sampleRun))
    expect(runText(readRun(text))).toBe(text)
  })

  it("fields of a later kit are ignored", () => {
    expect(complaint(2, changed(2, "{", '{"colour":"blue",'))).toBe("none")
  })

  const wrong: ReadonlyArray<readonly [what: string, said: string, told: string]> = [
    ["nothing", "", "line 1: the file is empty, but a run begins with a header"],
    ["no JSON", "# Report\n", "line 1: this is not JSON: "],
    ["another JSON", "[]\n", 'line 1: this is no run: its header has "format":"portcullis-run"'],
    [
      "another version",
      `${text.replace('"version":1', '"version":2')}`,
      "line 1: this run has version 2, but this kit reads version 1"
    ],
    ["a header alone", `${lines[0]}\n`, "line 1: the file was cut: the last line is no End"],
    ["half of a header", lines[0]!.slice(0, 30), "line 1: this is not JSON: "],
    ["half of the last line", text.slice(0, -20), `line ${lines.length}: the file was cut: `],
    ["no last line", `${lines.slice(0, -1).join("\n")}\n`, `line ${lines.length - 1}: the file was cut: `]
  ]

  it.each(wrong)("%s is told by its line", (_, said, told) => {
    expect(() => readRun(said)).toThrow(told)
  })

  it("a line that is no line of a run is told by its number, in one line", () => {
    expect(complaint(3, "{")).toMatch(/^RunError: line 3: this is not JSON: [^\n]*$/)
    expect(complaint(3, '{"_tag":"Lawn"}')).toMatch(/^RunError: line 3: this is no line of a run: [^\n]*$/)
    expect(complaint(3, changed(3, '"verdict":"pass"', '"verdict":"fine"'))).toMatch(/^RunError: line 3: [^\n]*$/)
    expect(complaint(3, lines[0]!)).toBe("RunError: line 3: there is a second Header in the middle of the run")
    expect(complaint(3)).toBe(`RunError: line ${lines.length - 1}: the end tells of 5 laws, but there are 4`)
  })

  it("what refers to what there is not is told", () => {
    expect(complaint(3, changed(3, '"of":1', '"of":9'))).toBe("RunError: line 3: there is no role with the number 9")
    const story = at("Divergence")
    expect(complaint(story, changed(story, '"lanes":[{"id":"caller"', '"lanes":[{"id":"x"'))).toBe(
      `RunError: line ${story}: its diagram has an event on a lane that it does not have`
    )
    const note = /("_tag":"Note","lanes":)\["consumer"\]/
    expect(complaint(story, lines[story - 1]!.replace(note, "$1[]"))).toBe(
      `RunError: line ${story}: its diagram has a note beside no lane`
    )
  })
})
