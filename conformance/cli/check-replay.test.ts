// Goal: a regression is red while the fault is there, and green once it is mended. Method: examples with and without a mistake.
import { spawnSync } from "node:child_process"
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Change, isReady, prepared, removePrepared } from "../examples/examples.test-support.ts"
import { playerFor } from "../report/regression/player.ts"
import { portcullis } from "./shell.test-support.ts"

const tsx = fileURLToPath(new URL("../../node_modules/tsx/dist/cli.mjs", import.meta.url))

const bin = fileURLToPath(new URL("bin.mjs", import.meta.url))

const open: Change = { file: "session_registry.py", from: "        if self.closed:\n", to: "        if False:\n" }

describe.skipIf(!isReady("python"))("cli: check --replay", () => {
  let folder = ""
  let report = ""
  let bad = ""
  let good = ""
  let regressions: ReadonlyArray<string> = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-regression-"))
    report = join(folder, "report")
    bad = prepared("python", [open])("session_registry")
    good = prepared("python")("session_registry")
    const words = ["--role", "registry", "--variant", "reference", "--runs", "60", "--report", report]
    await portcullis("check", "--adapter", bad, ...words)
    regressions = readdirSync(report)
      .filter((name) => name.endsWith(".regression.jsonl"))
      .map((name) => join(report, name))
  }, 60_000)

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
    removePrepared()
  })

  const replayed = (command: string, file: string) => portcullis("check", "--adapter", command, "--replay", file)

  it("is red for the adapter that it was found in, and green for one without the mistake", async () => {
    expect(regressions.length).toBeGreaterThan(1)
    for (const file of regressions) {
      const found = await replayed(bad, file)
      expect([found.status, found.out]).toEqual([1, expect.stringMatching(/^fail: input \d+ breaks SES-S[0-9r]+: /)])
      const mended = await replayed(good, file)
      expect([mended.status, mended.out]).toEqual([0, expect.stringMatching(/^pass: no law is broken in \d+ steps/)])
    }
  })

  it("a difference from a named design is judged by that design", async () => {
    const file = regressions.find((one) => readFileSync(one, "utf8").includes('"variant":"reference"'))!
    expect((await replayed(good, file)).out).toBe(
      "pass: no law is broken in 6 steps, and reference explains every answer\n"
    )
  })

  it("steps of the environment between two inputs are taken again", async () => {
    const late: Change = {
      file: "dcp_consumer.py",
      from: "elif isinstance(operation, Setup) and vbucket in operation.to_add.vbuckets:",
      to: "elif isinstance(operation, Setup) and False:"
    }
    const consumers = join(folder, "consumers")
    const wrong = prepared("python", [late])("dcp_consumer")
    const words = ["--role", "consumer-connection", "--variant", "reference", "--runs", "60", "--report", consumers]
    await portcullis("check", "--adapter", wrong, ...words)
    const file = readdirSync(consumers)
      .filter((name) => name.endsWith(".regression.jsonl"))
      .map((name) => join(consumers, name))
      .find((one) => readFileSync(one, "utf8").includes('"rule":"kvProducer.'))!
    expect((await replayed(wrong, file)).out).toMatch(/^fail: input \d+ breaks DCP-L7: /)
    expect((await replayed(prepared("python")("dcp_consumer"), file)).out).toMatch(/reference explains every answer\n$/)
  })

  it("each story has a token that plays it as its file does", async () => {
    const { results } = JSON.parse(readFileSync(join(report, "report.json"), "utf8"))
    const tokens = results.flatMap(
      ({ divergences }: { readonly divergences: ReadonlyArray<{ readonly replay?: string }> }) =>
        divergences.map(({ replay }) => replay)
    )
    expect(tokens).toHaveLength(regressions.length)
    for (const [at, token] of tokens.entries()) {
      expect(token).toMatch(/^regression1\.[\w-]+\.[0-9a-z]+$/)
      const file = join(report, `divergence-${at + 1}.regression.jsonl`)
      expect(await replayed(bad, token)).toEqual(await replayed(bad, file))
      expect((await replayed(good, token)).status).toBe(0)
      for (const form of ["terminal", "junit", "github", "sarif", "html"])
        expect((await portcullis("report", join(report, "run.jsonl"), "--format", form)).out).toContain(
          `check --adapter CMD --replay ${token}`
        )
    }
  })

  it("a token that was cut, and one without an adapter, are usage errors that say what to do", async () => {
    const { replay } = JSON.parse(readFileSync(join(report, "divergence-1.json"), "utf8"))
    const cut = await replayed(good, replay.slice(0, -9))
    expect([cut.status, cut.err]).toEqual([4, expect.stringContaining("was cut or changed on its way")])
    const alone = await portcullis("replay", replay)
    expect([alone.status, alone.err]).toEqual([4, expect.stringContaining("portcullis check --adapter CMD --replay")])
  })

  it("the test that plays them is in the adapter's language", () => {
    expect(readdirSync(report).filter((name) => /^regression/.test(name))).toEqual(["regression_test.py"])
    const languages = ["Python 3.13", "typescript", "go", "c", "java", "rust", "erlang", "gopher", "../x", ""]
    expect(languages.map(playerFor)).toEqual([
      "regression_test.py",
      "regression.test.mts",
      "regression_test.go",
      ...languages.slice(3).map(() => "regression_test.sh")
    ])
  })

  const players: ReadonlyArray<readonly [file: string, command: string, words: ReadonlyArray<string>]> = [
    ["regression_test.py", "python3", ["-B", "-m", "unittest", "regression_test.py"]],
    ["regression.test.mts", process.execPath, [tsx, "--test", "regression.test.mts"]],
    ["regression_test.go", "go", ["test", "-count=1", "regression_test.go"]],
    ["regression_test.sh", "sh", ["regression_test.sh"]]
  ]
  const isThere = (command: string): boolean => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0

  it.each(players.filter(([, command]) => isThere(command)))("%s plays all of them", (file, command, words) => {
    // One story is enough for a shell: the kit plays it, and is started anew for each.
    const place = join(folder, file)
    mkdirSync(place)
    for (const one of file.endsWith(".sh") ? regressions.slice(0, 1) : regressions)
      copyFileSync(one, join(place, basename(one)))
    writeFileSync(join(place, file), readFileSync(new URL(`../report/regression/${file}.template`, import.meta.url)))
    const played = (adapter: string) =>
      spawnSync(command, words, {
        cwd: place,
        encoding: "utf8",
        env: { ...process.env, ADAPTER: adapter, PORTCULLIS: `${process.execPath} ${bin}`, GOCACHE: join(folder, "go") }
      })
    const red = played(bad)
    expect(red.status).toBe(1)
    expect(red.stdout + red.stderr).toMatch(/breaks SES-S[0-9]+/)
    const { status, stdout, stderr } = played(good)
    expect({ status, told: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, told: "" })
  })

  it("an adapter that goes away is trouble, and none that plays another role is asked", async () => {
    const [file = ""] = regressions
    expect((await replayed("exit 3", file)).status).toBe(3)
    const other = await replayed(prepared("python")("dcp_consumer"), file)
    expect([other.status, other.out]).toEqual([2, "unknown: the adapter does not play sessions/registry\n"])
  })

  const wrong: ReadonlyArray<readonly [what: string, change: (text: string) => string, complaint: RegExp]> = [
    ["no JSON", () => "no\n", /line 1: this is no regression of version 1: /],
    ["another version", (text) => text.replace('"version":1', '"version":2'), /line 1: this is no regression/],
    ["a step less", (text) => text.replace(/[^\n]*\n$/, ""), /the header tells of \d+ steps, and there are \d+/],
    [
      "an input of no role",
      (text) => text.replace('"_tag":"Create"', '"_tag":"Levitate"'),
      /line \d+: this is no input/
    ],
    ["a role that is none", (text) => text.replace("sessions/registry", "x/y"), /there is no role "x\/y"/]
  ]

  it("without an adapter there is nobody to play it against", async () => {
    const { status, err } = await portcullis("check", "--replay", regressions[0]!)
    expect([status, err]).toEqual([4, expect.stringContaining("give --adapter or --connect\n")])
  })

  it.each(wrong)("a regression with %s is a usage error", async (_, change, complaint) => {
    const file = join(folder, "changed.jsonl")
    writeFileSync(file, change(readFileSync(regressions[0]!, "utf8")))
    const { status, err } = await replayed(good, file)
    expect(status).toBe(4)
    expect(err).toMatch(complaint)
    expect(err).toMatch(/^portcullis: [^\n]*\n$/)
  })
})
