import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { asPinned } from "../../model/kernel/scope.ts"
import { encodeToken, type Replay } from "../kit/token.ts"
import type { Divergence } from "../report/divergence.ts"
import type { Report } from "../report/report.ts"
import { buildRun } from "../report/run/build.ts"
import { counterexampleFile, toldCounterexample } from "./counterexamples.ts"
import { exploreScope } from "./explored-scope.ts"
import { protocolNamed, scopeNamed } from "./protocols.ts"
import { type KeptCounterexample, prepareReport, withPictures, writeReport } from "./report-folder.ts"
import { RecordingShell } from "./shell.test-support.ts"

const dcp = protocolNamed("dcp")
const explored = exploreScope(scopeNamed(dcp, "asShippedTakeover"), asPinned, new RecordingShell())
const file = counterexampleFile(dcp, explored, explored.found.laws.find(({ id }) => id === "DCP-L3")!)
const counterexample = { file, told: toldCounterexample(dcp, file) }

const replay: Replay = {
  protocol: "dcp",
  role: "dcp/proxy-pair",
  way: "wire",
  implementation: "theirs",
  setting: null,
  steps: [],
  expected: [],
  actual: []
}

const divergence: Divergence = {
  implementation: "theirs",
  role: "dcp/proxy-pair",
  relation: "follows",
  story: file.story,
  expected: [],
  actual: [],
  replay: encodeToken(replay)
}

const report = (divergences: ReadonlyArray<Divergence>): Report => ({
  kit: "0.1.0",
  seed: 1,
  results: [
    { protocol: "dcp", role: "proxy-pair", way: "wire", runs: 1, commands: 1, laws: [], verdict: "fail", divergences }
  ]
})

describe("cli: report folder", () => {
  let folder = ""

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-report-"))
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const written = (report: Report, counterexamples: ReadonlyArray<KeptCounterexample>): void => {
    const pictured = withPictures(folder, report, counterexamples)
    const { kit, seed, results } = pictured.report
    const found = { kit, seed, specs: [], roles: results, scopes: [], sentence: () => "" }
    const told = pictured.counterexamples.map(({ told }) => ({ told, protocol: "dcp", scope: "asShippedTakeover" }))
    writeReport(folder, pictured, buildRun({ ...found, verdict: "fail", counterexamples: told }))
  }

  const read = (name: string): string => readFileSync(join(folder, name), "utf8")

  it("each story has a picture, a text that points at it, and a file that replays it", () => {
    written(report([divergence]), [counterexample])
    expect(readdirSync(folder).sort()).toEqual([
      "counterexample-2.json",
      "counterexample-2.svg",
      "counterexample-2.txt",
      "divergence-1.json",
      "divergence-1.svg",
      "divergence-1.txt",
      "index.html",
      "report.json",
      "run.jsonl"
    ])
    expect(read("divergence-1.txt")).toContain(`  picture  ${join(folder, "divergence-1.svg")}\n`)
    expect(JSON.parse(read("divergence-1.json"))).toEqual(replay)
    expect(JSON.parse(read("counterexample-2.json"))).toEqual(file)
  })

  it("stories of an earlier run go, and files of anybody else stay", () => {
    written(report([divergence]), [])
    writeFileSync(join(folder, "notes.txt"), "mine")
    prepareReport(folder)
    written(report([]), [])
    expect(readdirSync(folder).sort()).toEqual(["index.html", "notes.txt", "report.json", "run.jsonl"])
  })
})
