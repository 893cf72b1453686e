import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { portcullis } from "./shell.test-support.ts"

const script = fileURLToPath(new URL("../transport/misbehaving.mjs", import.meta.url))
const adapter = (mode: string): string => `exec '${process.execPath}' '${script}' '${mode}'`

const known = { verdict: "fail", reason: "it always says done", link: "https://example.org/1", expires: "9999-12-31" }

describe("cli: check --adapter", () => {
  let folder = ""

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-adapter-"))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const checked = (mode: string, ...more: ReadonlyArray<string>) =>
    portcullis("check", "--adapter", adapter(mode), "--runs", "5", "--report", join(folder, "report"), ...more)

  /** Without what is different on every machine. */
  const plain = (text: string): string =>
    text
      .replaceAll(folder, "")
      .replaceAll(script, "misbehaving.mjs")
      .replaceAll(process.execPath, "node")
      .replaceAll(/"hash":"[0-9a-f]+"/g, '"hash":"…"')
      .replace(/"version":"[0-9.]+"\}/, '"version":"…"}')

  it("an adapter that says done to everything fails, with a story for each law", async () => {
    const { status, out } = await checked("fine", "--role", "registry")
    expect(status).toBe(1)
    await expect(plain(out)).toMatchFileSnapshot("goldens/check-adapter-fails.txt")
  })

  it("guided walks are told with how far they came, and pass who is right", async () => {
    const example = fileURLToPath(new URL("../examples/python/session_registry_adapter.py", import.meta.url))
    const given = ["--role", "registry", "--runs", "20", "--report", join(folder, "report")]
    const { status, out } = await portcullis("check", "--adapter", `exec python3 '${example}'`, "--guided", ...given)
    expect(status).toBe(0)
    await expect(plain(out)).toMatchFileSnapshot("goldens/check-adapter-guided.txt")
  })

  it("an adapter that goes away is told with what was said last, and its role is not failed", async () => {
    const { status, out } = await checked("exits at start", "--role", "registry")
    expect(status).toBe(3)
    await expect(plain(out)).toMatchFileSnapshot("goldens/check-adapter-trouble.txt")
  })

  it("a role that it does not play is not applicable, and green", async () => {
    const { status, out } = await checked("fine", "--role", "dcp/consumer-connection", "--json")
    expect(status).toBe(0)
    expect(JSON.parse(out).cases).toEqual([
      {
        id: "dcp/consumer-connection/role",
        verdict: "not-applicable",
        why: "the adapter does not play this role"
      }
    ])
  })

  const withList = async (list: unknown, ...more: ReadonlyArray<string>) => {
    const file = join(folder, "known.json")
    writeFileSync(file, typeof list === "string" ? list : JSON.stringify(list))
    return await checked("fine", "--role", "registry", "--known-failures", file, ...more)
  }

  it("failures that are known are green", async () => {
    const { status, out } = await withList([{ ...known, pattern: "sessions/registry/laws/*" }], "--json")
    const verdicts = new Set(
      (JSON.parse(out).cases as ReadonlyArray<{ readonly verdict: string }>).map(({ verdict }) => verdict)
    )
    expect(verdicts).toContain("unexpected-pass")
    expect(status).toBe(1)
  })

  it("an entry about nothing is red", async () => {
    const { status, out } = await withList([{ ...known, pattern: "sessions/registry/laws/SES-S999" }])
    expect(status).toBe(1)
    expect(out).toContain("known-failures/sessions/registry/laws/SES-S999: fail: no case has such an id")
  })

  const wrong: ReadonlyArray<readonly [what: string, list: unknown]> = [
    ["no JSON", "["],
    ["no list", {}],
    ["a verdict that cannot be known", [{ ...known, pattern: "*", verdict: "pass" }]],
    ["no reason", [{ ...known, pattern: "*", reason: "" }]],
    ["a day in words", [{ ...known, pattern: "*", expires: "next week" }]],
    ["a name that is misspelt", [{ ...known, patern: "*" }]]
  ]

  it.each(wrong)("a list of known failures with %s is a usage error", async (_, list) => {
    const { status, err } = await withList(list)
    expect(status).toBe(4)
    expect(err).toMatch(/^portcullis: .*known\.json is no list of known failures: .+\n$/)
  })

  const usage: ReadonlyArray<readonly [words: ReadonlyArray<string>, complaint: string]> = [
    [["--connect", "nowhere"], '--connect takes HOST:PORT or unix:PATH, not "nowhere"'],
    [["--connect", "a:1", "--adapter", "b"], "give --adapter or --connect, not both"],
    [
      ["--adapter", "b", "--role", "socket"],
      'there is no role "socket"; there is sessions/registry, dcp/consumer-connection, dcp/producer-connection, dcp/replicator, dcp/replication-manager, dcp/codec'
    ],
    [
      ["--adapter", "b", "--role", "registry", "--variant", "mine"],
      'there is no variant "mine"; there is reference, asShipped, inCreationOrder'
    ],
    [["--adapter", "b", "--known-failures", "/nowhere"], "cannot read the known failures: ENOENT"]
  ]

  it.each(usage)("%j is a usage error", async (words, complaint) => {
    const { status, err } = await portcullis("check", ...words)
    expect(status).toBe(4)
    expect(err).toContain(`portcullis: ${complaint}`)
  })
})
