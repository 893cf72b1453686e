import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { scaffoldLanguages } from "../scaffold/scaffold.ts"
import { portcullis } from "./shell.test-support.ts"

describe("cli: init", () => {
  let folder = ""

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-init-"))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const init = (out: string, ...more: ReadonlyArray<string>) => portcullis("init", "--out", join(folder, out), ...more)

  it("every language gets its skeleton, and the exact commands that come next", async () => {
    const told: Array<string> = []
    for (const language of scaffoldLanguages) {
      const { status, out } = await init(`my-${language}`, "--language", language, "--role", "registry")
      expect(status).toBe(0)
      told.push(out.replaceAll(`${folder}/`, ""))
      expect(readdirSync(join(folder, `my-${language}`))).not.toEqual([])
    }
    await expect(told.join("\n")).toMatchFileSnapshot("goldens/init.txt")
  })

  it("what is there already is never overwritten, unless it is asked for", async () => {
    const words = ["--language", "java", "--role", "dcp/consumer-connection"]
    await init("mine", ...words)
    const file = join(folder, "mine", "Adapter.java")
    const skeleton = readFileSync(file, "utf8")
    writeFileSync(file, "precious")
    const { status, err } = await init("mine", ...words)
    expect(status).toBe(4)
    expect(err.replaceAll(`${folder}/`, "")).toBe(
      "portcullis: mine has Adapter.java, Frames.java, Json.java already; --force overwrites, and --out writes elsewhere\n"
    )
    expect(readFileSync(file, "utf8")).toBe("precious")
    expect((await init("mine", ...words, "--force")).status).toBe(0)
    expect(readFileSync(file, "utf8")).toBe(skeleton)
  })

  it("a folder's name is one word of the shell, whatever is in it", async () => {
    const { out } = await init("it's mine", "--language", "c", "--role", "registry")
    expect(out).toContain(`cd '${folder}/it'\\''s mine'`)
  })

  const usage: ReadonlyArray<readonly [words: ReadonlyArray<string>, complaint: string]> = [
    [
      ["--language", "cobol", "--role", "registry"],
      'there is no language "cobol"; there is python, c, java, rust, go, erlang, typescript'
    ],
    [
      ["--language", "c", "--role", "socket"],
      'there is no role "socket"; there is sessions/registry, dcp/consumer-connection, dcp/producer-connection, dcp/replicator, dcp/replication-manager, dcp/codec, view-building/worker, raft-upgrade/discovery'
    ],
    [
      ["--role", "registry"],
      "required option '--language <language>' not specified; init has --language <language>, --role <role>, --out <folder>, --force"
    ]
  ]

  it.each(usage)("%j is a usage error", async (words, complaint) => {
    const { status, err } = await init("unused", ...words)
    expect([status, err]).toEqual([4, `portcullis: ${complaint}\n`])
  })

  it("a folder that cannot be written is told so", async () => {
    writeFileSync(join(folder, "file"), "")
    const { status, err } = await init("file/in", "--language", "go", "--role", "registry")
    expect(status).toBe(4)
    expect(err).toMatch(/^portcullis: cannot write to .*file\/in: ENOTDIR/)
  })
})
