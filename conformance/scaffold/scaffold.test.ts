// Goal: every skeleton builds, shakes hands, and says what is missing. Method: do with each what a user would, for each role.
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { root } from "../house/repository.test-support.ts"
import type { RoleEntry } from "../remote/remote-role.ts"
import { remoteRoles } from "../remote/roles/index.ts"
import { bytesOf, oddLines } from "./odd-lines.test-support.ts"
import { wordsOf } from "./role-words.ts"
import { type Scaffold, type ScaffoldLanguage, scaffold, scaffoldLanguages } from "./scaffold.ts"

const tools: Readonly<Record<ScaffoldLanguage, readonly [tool: string, ...args: ReadonlyArray<string>]>> = {
  python: ["python3", "--version"],
  c: ["gcc", "--version"],
  java: ["javac", "-version"],
  rust: ["rustc", "--version"],
  go: ["go", "version"],
  erlang: ["erl", "-noshell", "-s", "init", "stop"],
  typescript: ["node", "--version"]
}

const isReady = (language: ScaffoldLanguage): boolean => {
  const [tool, ...args] = tools[language]
  return spawnSync(tool, args, { stdio: "ignore" }).status === 0
}

const folders: Array<string> = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Where a compiler takes its time, one role of each protocol: the names of words are all that is else in the others. */
const rolesBuiltIn = (language: ScaffoldLanguage): ReadonlyArray<RoleEntry> =>
  language === "python" ? remoteRoles : remoteRoles.slice(0, 2)

/** Writes and builds a skeleton in a folder of its own. */
const built = ({ files, build }: Scaffold): string => {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-scaffold-"))
  folders.push(folder)
  for (const { name, text } of files) writeFileSync(join(folder, name), text)
  // Where a user's npx would fetch what it needs, ours is here already.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  if (build !== undefined) {
    const { status, stderr } = spawnSync(build, { shell: true, cwd: folder, encoding: "utf8" })
    if (status !== 0) throw new Error(`${build}: ${stderr}`)
  }
  return folder
}

/** What an adapter says to lines that are all there at once, and how it ends. */
const said = (command: string, cwd: string, lines: ReadonlyArray<string | Uint8Array>) => {
  const { stdout, stderr, status } = spawnSync(command, { shell: true, cwd, input: bytesOf(lines), maxBuffer: 1 << 26 })
  const answers = stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line))
  return { answers, log: stderr.toString("utf8"), status }
}

/** Compilers take their time, the more so beside other tests. */
const patienceMs = 180_000

describe.each(scaffoldLanguages)("scaffold: %s", (language) => {
  test.each(remoteRoles)("a skeleton for $role names every input and output, and leaves no blank", (entry) => {
    const text = scaffold(language, entry)
      .files.map((file) => file.text)
      .join("\n")
    expect(text).not.toMatch(/\{\{[a-z]+\}\}|@each|@if|@end/)
    expect(text.split("\n").filter((line) => line !== line.trimEnd())).toEqual([])
    expect(text.split("\n").filter((line) => line.length > 130)).toEqual([])
    const { inputs, outputs, inner } = wordsOf(entry)
    for (const { tag } of [...inputs, ...outputs, ...inner]) expect(text).toContain(tag)
  })

  describe.skipIf(!isReady(language))("built", () => {
    const folders = new Map<string, string>()
    beforeAll(() => {
      for (const entry of rolesBuiltIn(language)) folders.set(entry.role, built(scaffold(language, entry)))
    }, patienceMs)

    test.each(rolesBuiltIn(language))(
      "a skeleton for $role shakes hands, and says what is missing",
      (entry) => {
        const [first] = wordsOf(entry).inputs
        const input = { _tag: first?.tag, text: 'é😀"\\\n' }
        const start = { epoch: 1, role: entry.role, config: {}, seed: -1 }
        const frames = [
          { id: 1, op: "hello", protocol: { major: 1, minor: [0, 0] }, limits: { line: 1048576, depth: 64 } },
          { id: 2, op: "start", ...start },
          { id: 3, op: "input", input },
          { id: 4, op: "inputs", start, inputs: [input, input] },
          { id: 5, op: "bye" },
          { id: 6, op: "hello" }
        ]
        const { command } = scaffold(language, entry)
        const { answers, log, status } = said(
          command,
          folders.get(entry.role)!,
          frames.map((frame) => JSON.stringify(frame))
        )
        expect({ answers, log, status }).toMatchObject({
          answers: [
            { id: 1, ok: { protocol: { major: 1, minor: 0 }, iut: { language }, roles: [entry.role] } },
            { id: 2, ok: {} },
            { id: 3, err: { code: "unsupported" } },
            { id: 4, err: { code: "unsupported" } }
          ],
          status: 0
        })
        expect(log).toContain(`${input._tag} is not implemented yet`)
      },
      patienceMs
    )

    const [entry] = remoteRoles
    const { command } = scaffold(language, entry!)

    test(
      "a skeleton says what is wrong with each odd line, and lives on until its stdin ends",
      () => {
        const lines = oddLines(entry!.role)
        const { answers, status, log } = said(
          command,
          folders.get(entry!.role)!,
          lines.map(([line]) => line)
        )
        expect(answers).toMatchObject(lines.map(([, answer]) => answer))
        expect(status, log).toBe(0)
      },
      patienceMs
    )

    test(
      "a skeleton hears a line that comes in pieces of characters, and is not bothered by half a line at the end",
      async () => {
        const child = spawn(command, {
          shell: true,
          cwd: folders.get(entry!.role)!,
          stdio: ["pipe", "pipe", "inherit"]
        })
        const line = Buffer.from(`${JSON.stringify({ id: 1, op: "levitate", more: "é😀" })}\n`)
        const within = line.indexOf(Buffer.from("😀")) + 2
        child.stdin.write(line.subarray(0, within))
        setTimeout(() => child.stdin.write(line.subarray(within)), 20)
        const [out] = await once(child.stdout.setEncoding("utf8"), "data")
        child.stdin.end('{"id":2,"op":')
        const status = await new Promise((resolve) => child.on("exit", resolve))
        expect([JSON.parse(out), status]).toMatchObject([{ id: 1, err: { code: "unsupported" } }, 0])
      },
      patienceMs
    )
  })
})

test("scaffold: what examples and skeletons have in common is the same in both, byte for byte", () => {
  const [entry] = remoteRoles
  for (const [language, names] of [
    ["python", ["frames.py"]],
    ["c", ["frames.c", "frames.h", "json.c", "json.h"]],
    ["java", ["Frames.java", "Json.java"]],
    ["rust", ["frames.rs", "json.rs"]],
    ["go", ["frames.go", "go.mod"]]
  ] as const) {
    const { files } = scaffold(language, entry!)
    for (const name of names) {
      const theirs = readFileSync(join(root, "conformance", "examples", language, name), "utf8")
      expect(files.find((file) => file.name === name)?.text).toBe(theirs)
    }
  }
})
