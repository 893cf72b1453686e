// Goal: whatever a process does, it is told in words that help, and nothing of it is left. Method: processes that misbehave.
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, test } from "vitest"
import { childDialer } from "../transport/child-link.ts"
import { livesInGroup, watchGroups } from "../transport/process-groups.ts"
import { checkedRegistry, hasty, patient, summary } from "./altered.test-support.ts"
import { casesOf } from "./cases.ts"

const script = fileURLToPath(new URL("../transport/misbehaving.mjs", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "portcullis-processes-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const quoted = (text: string): string => `'${text}'`
const command = (mode: string, more = ""): string =>
  ["exec", process.execPath, script, mode, more].map((word, at) => (at === 0 ? word : quoted(word))).join(" ")

const groups = new Set<number>()
watchGroups((group) => groups.add(group))

/** A process that is dead may still have an entry, where nobody asks how it ended. */
const isAlive = (process: number): boolean => {
  try {
    return !/^[0-9]+ \(.*\) Z/.test(readFileSync(`/proc/${process}/stat`, "utf8"))
  } catch {
    return false
  }
}

const checked = (mode: string, budgets = patient) =>
  checkedRegistry(childDialer(command(mode), 300), { runs: 2 }, budgets)

const told = new Map<string, string>()

const modes: ReadonlyArray<readonly [mode: string, budgets: typeof patient]> = [
  ["fine", patient],
  ["exits at once", patient],
  ["exits in the middle of hello", patient],
  ["exits after hello", patient],
  ["exits at start", patient],
  ["exits at its first input", patient],
  ["aborts at its first input", patient],
  ["hangs at hello", hasty],
  ["hangs at start", hasty],
  ["hangs at its first input", hasty],
  ["spins at its first input", hasty],
  ["greets on stdout", patient],
  ["prints bytes that are no text", patient],
  ["logs between frames", patient],
  ["logs much and exits", patient],
  ["logs a gigabyte without a newline", patient],
  ["closes its stdout", hasty],
  ["ignores TERM", patient]
]

test.each(modes)("kit: process: one that %s is told so, and nothing of it is left", async (mode, budgets) => {
  groups.clear()
  told.set(mode, summary(await checked(mode, budgets)))
  expect(groups.size).toBeGreaterThan(0)
  expect([...groups].filter(livesInGroup)).toEqual([])
})

test("kit: process: every verdict and message is as it was read and agreed to", async () => {
  const lines = [...told].map(
    ([mode, summary]) => `one that ${mode}\n    ${summary.replaceAll(script, "misbehaving.mjs")}\n`
  )
  await expect(lines.join("")).toMatchFileSnapshot("goldens/processes.txt")
})

test("kit: process: a gigabyte without a newline is blamed on the adapter, and costs the kit little memory", async () => {
  const before = process.memoryUsage().rss
  let most = before
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  const result = await checked("sends a gigabyte without a newline")
  clearInterval(looking)
  expect(result.trouble).toMatch(/^it sent a line longer than 1048576 bytes, which begins with: x{200}\n/)
  expect((most - before) / 2 ** 20).toBeLessThan(128)
})

test("kit: process: trouble is told with the end of the log and what was said last", async () => {
  const result = await checkedRegistry(childDialer(command("exits at start")), { runs: 1 }, patient)
  expect(result.trouble?.split("\n")).toEqual([
    "it went away: exit status 5",
    "it ended: exit status 5",
    "last lines to the adapter:",
    expect.stringMatching(/^ {2}\{"id":1,"op":"hello",/),
    '  {"id":2,"op":"start","epoch":1,"role":"sessions/registry","config":{},"seed":1}',
    "last lines from the adapter:",
    expect.stringMatching(/^ {2}\{"id":1,"ok":\{"protocol"/)
  ])
})

test.each(["leaves a child behind", "leaves a child behind that holds nothing", "leaves a child behind and exits"])(
  "kit: process: of one that %s nothing is left",
  async (mode) => {
    const file = join(folder, mode.replaceAll(" ", "-"))
    await checkedRegistry(childDialer(command(mode, file), 300), { runs: 1 }, patient)
    expect(isAlive(Number(readFileSync(file, "utf8")))).toBe(false)
  }
)

test("kit: process: one whose child has left its group, and holds its stdout, is not waited for", async () => {
  const file = join(folder, "session")
  await checkedRegistry(
    childDialer(command("leaves a child behind in a session of its own", file), 300),
    { runs: 1 },
    patient
  )
  const left = Number(readFileSync(file, "utf8"))
  expect(isAlive(left)).toBe(true)
  process.kill(left, "SIGKILL")
})

test("kit: process: a command that is not there is told in the shell's words", async () => {
  const result = await checkedRegistry(childDialer("/nowhere/adapter --fast"), {}, patient)
  expect(casesOf(result, false).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
    "sessions/registry/adapter adapter-error"
  ])
  expect(result.trouble).toMatch(/^it went away: exit status 127\n.*\/nowhere\/adapter.*not found$/s)
})
