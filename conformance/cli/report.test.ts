// Goal: a run can be told again from its file alone. Method: check a small thing once, and make every form of it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { malformation } from "../report/well-formed.ts"
import { portcullis } from "./shell.test-support.ts"

const script = fileURLToPath(new URL("../transport/misbehaving.mjs", import.meta.url))
const adapter = (mode: string): string => `exec '${process.execPath}' '${script}' '${mode}'`

describe("cli: report", () => {
  let folder = ""
  let run = ""
  let printed = ""

  const check = (report: string, mode: string) =>
    portcullis("check", "--adapter", adapter(mode), "--role", "registry", "--runs", "5", "--report", report)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-run-"))
    run = join(folder, "first", "run.jsonl")
    printed = (await check(join(folder, "first"), "fine")).out
    await check(join(folder, "second"), "fine")
    await check(join(folder, "trouble"), "exits at start")
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const told = async (...words: ReadonlyArray<string>) => (await portcullis("report", ...words)).out

  it("the same seed gives the same run, wherever it is written", () => {
    expect(readFileSync(join(folder, "second", "run.jsonl"), "utf8")).toBe(readFileSync(run, "utf8"))
  })

  it("tells on a terminal what the check told, but for times and places", async () => {
    const plain = (text: string): ReadonlyArray<string> =>
      text
        .replaceAll(join(folder, "first/"), "")
        .split("\n")
        .filter((line) => !line.includes("────"))
        .map((line) => line.replace(/ +(seconds|─+|[0-9.]+)$/, ""))
    const again = plain(await told(run))
    const lines = plain(printed).filter((line) => !line.startsWith("misbehaving as"))
    expect(lines.slice(0, -2).filter((line) => !again.includes(line))).toEqual([])
    expect(again).toContain(`registry, stdio: ${plain(printed).find((line) => line.startsWith("misbehaving as"))}`)
  })

  it("the page made again is the page of the check", async () => {
    const page = join(folder, "page.html")
    const { status, out } = await portcullis("report", run, "--format", "html", "--out", page)
    expect([status, out]).toEqual([0, ""])
    expect(readFileSync(page, "utf8")).toBe(readFileSync(join(folder, "first", "index.html"), "utf8"))
  })

  it("every form is made from the file alone", async () => {
    expect(malformation((await told(run, "--format", "junit")).replace(/^<\?xml[^>]*>/, ""))).toBeUndefined()
    expect(await told(run, "--format", "github")).toMatch(/^::error file=.*run\.jsonl,line=[0-9]+,title=sessions/)
    expect(JSON.parse(await told(run, "--format", "sarif"))).toMatchObject({ version: "2.1.0" })
  })

  it("a previous run tells what is new", async () => {
    const trouble = join(folder, "trouble", "run.jsonl")
    expect(await told(run, "--previous", trouble)).toMatch(
      /since the previous run: \d+ new failures, 0 fixed, 0 still failing, 1 failing then and not asked now/
    )
    expect(await told(run, "--previous", run, "--format", "html")).toContain("Since the previous run")
  })

  const wrong: ReadonlyArray<readonly [what: string, text: (run: string) => string, complaint: RegExp]> = [
    ["not JSON", () => "hello\n", /bad\.jsonl, line 1: this is not JSON: /],
    [
      "of another version",
      (text) => text.replace('"version":1', '"version":99'),
      /line 1: this run has version 99, but this kit reads version 1\n$/
    ],
    ["cut in its last line", (text) => text.slice(0, -9), /line \d+: the file was cut: /],
    ["a run with a line that moves the cursor", (text) => text.replace("\n", '\n{"_tag":"\\u001b[2J"}\n'), /line 2: /]
  ]

  it.each(wrong)(
    "a file that is %s is a usage error with its line, and no stack trace",
    async (_, change, complaint) => {
      const bad = join(folder, "bad.jsonl")
      writeFileSync(bad, change(readFileSync(run, "utf8")))
      const { status, out, err } = await portcullis("report", bad)
      expect([status, out]).toEqual([4, ""])
      expect(err).toMatch(complaint)
      expect(err).toMatch(/^portcullis: [^\n]*\n$/)
      expect(err).not.toContain("\u001b")
    }
  )

  it.each([
    [["nowhere.jsonl"], "cannot read the run: ENOENT"],
    [["nowhere.jsonl", "--format", "poem"], "Allowed choices are terminal, junit, github, sarif, html"],
    [[], "missing required argument 'run'"]
  ])("%j is a usage error", async (words, complaint) => {
    const { status, err } = await portcullis("report", ...words)
    expect(status).toBe(4)
    expect(err).toContain(complaint)
  })

  it("a place that cannot be written is a usage error", async () => {
    const { status, err } = await portcullis("report", run, "--out", join(folder, "none", "x"))
    expect(status).toBe(4)
    expect(err).toMatch(/^portcullis: cannot write the report: ENOENT/)
  })

  it("each story of an adapter leaves a regression, and the test that plays them", () => {
    const names = readdirSync(join(folder, "first"))
    expect(names.filter((name) => name.endsWith(".regression.jsonl"))).toHaveLength(3)
    expect(names.filter((name) => /^regression/.test(name))).toEqual(["regression.test.mts"])
  })
})
