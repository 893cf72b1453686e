// Goal: every skeleton builds, shakes hands, and says what is missing. Method: do with each what a user would, for each role.
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { root } from "../house/repository.test-support.ts"
import type { RoleEntry } from "../remote/remote-role.ts"
import { remoteRoles } from "../remote/roles/index.ts"
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

  test.skipIf(!isReady(language)).each(rolesBuiltIn(language))(
    "a skeleton for $role builds, shakes hands, and says what is missing",
    (entry) => {
      const skeleton = scaffold(language, entry)
      const folder = built(skeleton)
      const [first] = wordsOf(entry).inputs
      const input = { _tag: first?.tag, text: 'é😀"\\\n' }
      const frames = [
        { id: 1, op: "hello", protocol: { major: 1, minor: [0, 0] }, limits: { line: 1048576, depth: 64 } },
        { id: 2, op: "start", epoch: 1, role: entry.role, config: {}, seed: -1 },
        { id: 3, op: "input", input },
        { id: 4, op: "levitate", numbers: [0, -1.5, 2e3], others: [null, true, false, {}, []] },
        { id: 5, op: "bye" }
      ]
      const { stdout, stderr, status } = spawnSync(skeleton.command, {
        shell: true,
        cwd: folder,
        encoding: "utf8",
        input: frames.map((frame) => `${JSON.stringify(frame)}\n`).join("")
      })
      const answers = stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line): unknown => JSON.parse(line))
      expect({ answers, stderr, status }).toMatchObject({
        answers: [
          { id: 1, ok: { protocol: { major: 1, minor: 0 }, iut: { language }, roles: [entry.role] } },
          { id: 2, ok: {} },
          { id: 3, err: { code: "unsupported" } },
          { id: 4, err: { code: "unsupported" } }
        ],
        status: 0
      })
      expect(stdout + stderr).toContain(`${input._tag} is not implemented yet`)
    },
    180_000
  )
})
