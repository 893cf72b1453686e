import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { sampleRun } from "../sample-report.ts"
import { compareRuns, comparisonLine } from "./compare.ts"
import { renderGithub } from "./github.ts"
import { renderJunit } from "./junit.ts"
import { renderSarif } from "./sarif.ts"
import { renderTerminal } from "./terminal.ts"
import { runText } from "./write.ts"

const withVerdict = (verdict: "pass" | "known-failure" | "flaky") => ({
  ...sampleRun,
  cases: sampleRun.cases.map((one) => (one.verdict === "pass" ? one : { ...one, verdict }))
})

const Text = Schema.Struct({ text: Schema.String })
const Place = Schema.Struct({
  physicalLocation: Schema.Struct({
    artifactLocation: Schema.Struct({ uri: Schema.String.check(Schema.isPattern(/^[\w.%/-]+$/)) }),
    region: Schema.Struct({ startLine: Schema.Int.check(Schema.isGreaterThan(0)) })
  })
})

/** What SARIF 2.1.0 requires of a log, as far as we write it (sections 3.13, 3.14, 3.19, 3.27 and 3.49). */
const Sarif = Schema.Struct({
  $schema: Schema.String,
  version: Schema.Literal("2.1.0"),
  runs: Schema.Array(
    Schema.Struct({
      tool: Schema.Struct({
        driver: Schema.Struct({
          name: Schema.String,
          version: Schema.String,
          rules: Schema.Array(
            Schema.Struct({ id: Schema.String, shortDescription: Text, help: Schema.optionalKey(Text) })
          )
        })
      }),
      columnKind: Schema.Literals(["utf16CodeUnits", "unicodeCodePoints"]),
      properties: Schema.Record(Schema.String, Schema.Unknown),
      results: Schema.Array(
        Schema.Struct({
          ruleId: Schema.String,
          ruleIndex: Schema.Int,
          level: Schema.Literals(["none", "note", "warning", "error"]),
          message: Text,
          locations: Schema.Array(
            Schema.Struct({
              ...Place.fields,
              logicalLocations: Schema.Array(Schema.Struct({ fullyQualifiedName: Schema.String }))
            })
          ),
          partialFingerprints: Schema.Record(Schema.String, Schema.String),
          properties: Schema.optionalKey(Schema.Struct({ replay: Schema.String })),
          suppressions: Schema.optionalKey(
            Schema.Array(
              Schema.Struct({ kind: Schema.Literals(["inSource", "external"]), justification: Schema.String })
            )
          ),
          baselineState: Schema.optionalKey(Schema.Literals(["new", "unchanged", "updated", "absent"])),
          codeFlows: Schema.optionalKey(
            Schema.Array(
              Schema.Struct({
                threadFlows: Schema.Array(
                  Schema.Struct({
                    locations: Schema.Array(
                      Schema.Struct({ location: Schema.Struct({ ...Place.fields, message: Text }) })
                    )
                  })
                )
              })
            )
          )
        })
      )
    })
  )
})
const sarif = Schema.decodeUnknownSync(Schema.fromJsonString(Sarif), { onExcessProperty: "error" })

describe("report: run: forms", () => {
  it("are what people and tools have read before", async () => {
    await expect(runText(sampleRun)).toMatchFileSnapshot("goldens/run.jsonl")
    await expect(renderTerminal(sampleRun)).toMatchFileSnapshot("goldens/terminal.txt")
    await expect(renderJunit(sampleRun)).toMatchFileSnapshot("goldens/junit.xml")
    await expect(renderGithub(sampleRun, "report/run.jsonl")).toMatchFileSnapshot("goldens/github.txt")
    await expect(renderSarif(sampleRun, "report/run.jsonl")).toMatchFileSnapshot("goldens/sarif.json")
  })

  it("SARIF has a rule for each law and a result for each case that is not green", () => {
    const [run] = sarif(renderSarif(sampleRun, "my report/run.jsonl", compareRuns(sampleRun, sampleRun))).runs
    const { rules } = run!.tool.driver
    expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(["DCP-S1", "DCP-S4", "DCP-S18"]))
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(run!.results).toHaveLength(3)
    for (const { ruleId, ruleIndex, level, baselineState, locations } of run!.results) {
      expect(rules[ruleIndex]?.id).toBe(ruleId)
      expect([level, baselineState]).toEqual(["error", "unchanged"])
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toBe("my%20report/run.jsonl")
    }
  })

  it("a known failure is told and suppressed, and what nobody knows is a warning", () => {
    const known = sarif(renderSarif(withVerdict("known-failure"), "run.jsonl")).runs[0]!.results
    expect(known.map(({ level, suppressions }) => [level, suppressions?.length])).toContainEqual(["note", 1])
    const flaky = sarif(renderSarif(withVerdict("flaky"), "run.jsonl")).runs[0]!.results
    expect(new Set(flaky.map(({ level }) => level))).toEqual(new Set(["warning"]))
  })

  it("JUnit counts what it holds, and tells what kept an answer from us as an error", () => {
    const document = renderJunit(withVerdict("flaky"))
    const [, tests, errors] = /<testsuites name="portcullis" tests="(\d+)" failures="0" errors="(\d+)"/.exec(document)!
    expect(document.match(/<testcase /g)).toHaveLength(Number(tests))
    expect(document.match(/<error /g)).toHaveLength(Number(errors))
  })

  it("GitHub is told the line of the story, in the run itself", () => {
    const [first = ""] = renderGithub(sampleRun, "report/run.jsonl").split("\n")
    const line = Number(/,line=(\d+),/.exec(first)?.[1])
    expect(runText(sampleRun).split("\n")[line - 1]).toMatch(/^\{"_tag":"Divergence"/)
  })

  it("a comparison tells new failures, mended ones and those that stay", () => {
    const mended = withVerdict("pass")
    expect(comparisonLine(compareRuns(mended, sampleRun))).toMatch(/^3 new failures, 0 fixed, 0 still failing, 0 cases/)
    expect(comparisonLine(compareRuns(sampleRun, mended))).toMatch(/^0 new failures, 3 fixed, 0 still failing/)
    expect(comparisonLine(compareRuns(sampleRun, sampleRun))).toMatch(/^0 new failures, 0 fixed, 3 still failing/)
    const fewer = { ...sampleRun, cases: sampleRun.cases.filter(({ verdict }) => verdict === "pass") }
    expect(comparisonLine(compareRuns(sampleRun, fewer))).toContain("3 failing then and not asked now")
    expect(renderTerminal(sampleRun, compareRuns(mended, sampleRun))).toContain("  new failure: dcp/")
  })
})
