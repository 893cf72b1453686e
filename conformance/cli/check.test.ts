import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Schema } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { run } from "./program.ts"
import { portcullis, RecordingShell } from "./shell.test-support.ts"

const Checked = Schema.Struct({
  kit: Schema.String,
  seed: Schema.Int,
  results: Schema.Array(
    Schema.Struct({
      protocol: Schema.Literals(["dcp", "sessions", "view-building", "raft-upgrade"]),
      role: Schema.String,
      way: Schema.String,
      runs: Schema.Int,
      commands: Schema.Int,
      laws: Schema.Array(Schema.Struct({ id: Schema.String, verdict: Schema.Literals(["pass", "fail"]) })),
      verdict: Schema.Literals(["pass", "fail", "known-failure", "unknown", "nondeterministic", "adapter-error"]),
      divergences: Schema.Array(Schema.Unknown),
      trouble: Schema.optionalKey(Schema.String)
    })
  ),
  explorations: Schema.Array(
    Schema.Struct({
      protocol: Schema.Literals(["dcp", "sessions", "view-building", "raft-upgrade"]),
      scope: Schema.String,
      distinct: Schema.Int,
      generated: Schema.Int,
      depth: Schema.Int,
      laws: Schema.String,
      asExpected: Schema.Boolean
    })
  )
})

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Checked), { onExcessProperty: "error" })

describe("cli: check", () => {
  let folder = ""
  let report = ""

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-check-"))
    report = join(folder, "report")
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const contents = (): Record<string, string> =>
    Object.fromEntries(readdirSync(report).map((name) => [name, readFileSync(join(report, name), "utf8")]))

  it("everything there is passes, and the same seed gives the same bytes on stdout and in the folder", async () => {
    const words = ["check", "--runs", "3", "--seed", "7", "--report", report, "--json"]
    const first = await portcullis(...words)
    const kept = contents()
    expect(first).toMatchObject({ status: 0, err: "" })
    expect(await portcullis(...words)).toEqual(first)
    expect(contents()).toEqual(kept)
    expect(Object.keys(kept)).toEqual(expect.arrayContaining(["index.html", "report.json"]))
    expect(JSON.parse(kept["report.json"] ?? "")).toEqual(JSON.parse(first.out))
    const { results, explorations } = decode(first.out)
    expect(new Set(results.map(({ way }) => way))).toContain("wire")
    const recorded = results.filter(({ role }) => role.includes("recorded"))
    expect(recorded.map(({ commands }) => commands)).toEqual([30_293, 30_767, 12_397, 12_368])
    const known = results.filter(({ verdict }) => verdict === "known-failure")
    expect(known.map(({ role, way }) => `${role}, ${way}`)).toEqual([
      "proxy-pair before the fix of MB-53445, in process",
      "proxy-pair with the fix as shipped, in process",
      "proxy-pair before the fix of MB-53445, wire",
      "cluster without its fence, in process",
      "cluster with restore as shipped, in process",
      "worker as shipped, not as repaired, in process",
      "discovery as shipped, not as repaired, in process",
      "node as shipped, not as repaired, in process"
    ])
    expect(explorations.every(({ asExpected }) => asExpected)).toBe(true)
  }, 180_000)

  it("another seed takes other ways", async () => {
    const commands = async (seed: string) => {
      const words = ["check", "--role", "consumer-connection", "--runs", "5", "--report", report, "--json"]
      return decode((await portcullis(...words, "--seed", seed)).out).results.map(({ commands }) => commands)
    }
    expect(await commands("1")).not.toEqual(await commands("2"))
  })

  it("a role or the wire is checked alone when it is asked for", async () => {
    const { out } = await portcullis("check", "dcp", "--wire", "--runs", "2", "--report", report, "--json")
    const { results, explorations } = decode(out)
    expect(results.map(({ role, way, runs }) => ({ role, way, runs }))).toEqual([
      { role: "proxy-pair", way: "wire", runs: 2 }
    ])
    expect(explorations).toEqual([])
  })

  it("ends in a table and says where the report is", async () => {
    const words = ["check", "--role", "dcp/producer-connection", "--runs", "2", "--report", report]
    const { out } = await portcullis(...words)
    await expect(out.replace(folder, "")).toMatchFileSnapshot("goldens/check-producer-connection.txt")
  })

  it("Ctrl-C ends it with what was found so far, and what was not checked is unknown", async () => {
    const shell = new RecordingShell(20)
    expect(await run(["check", "--runs", "30", "--report", report, "--json"], shell)).toBe(2)
    const { results } = decode(shell.out)
    expect(results.map(({ verdict }) => verdict)).toEqual(["unknown"])
  })

  it("a report that cannot be written is a complaint and no stack trace", async () => {
    const file = join(folder, "taken")
    writeFileSync(file, "")
    const { status, err } = await portcullis("check", "--wire", "--runs", "1", "--report", file)
    expect(status).toBe(4)
    expect(err).toMatch(/^portcullis: cannot write the report: EEXIST[^\n]*\n$/)
  })
})
