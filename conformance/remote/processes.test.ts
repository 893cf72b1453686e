// Goal: whatever a process does, it is told in words that help, and nothing of it is left. Method: processes that misbehave.
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, expect, test } from "vitest"
import { isAlive } from "../transport/alive.test-support.ts"
import { childDialer } from "../transport/child-link.ts"
import { livesInGroup, watchGroups } from "../transport/process-groups.ts"
import { checkedRegistry, hasty, patient, summary } from "./altered.test-support.ts"
import { casesOf } from "./cases.ts"
import { marksIn, untilHanging } from "./hanging-clock.test-support.ts"

const script = fileURLToPath(new URL("../transport/misbehaving.mjs", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "portcullis-processes-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const quoted = (text: string): string => `'${text}'`
const command = (mode: string, more = ""): string =>
  ["exec", process.execPath, script, mode, more].map((word, at) => (at === 0 ? word : quoted(word))).join(" ")

const groups = new Set<number>()
watchGroups((group) => groups.add(group))

/** Short, because some of these never end by themselves. It is no budget for anything that is answered. */
const goodbyeMs = 300

const checked = (mode: string) => checkedRegistry(childDialer(command(mode), goodbyeMs), { runs: 2 }, patient)

const checkedUntilHanging = (mode: string) => {
  const file = join(folder, mode.replaceAll(" ", "-"))
  const { dialer, clock } = untilHanging(marksIn(file), childDialer(command(mode, file), goodbyeMs))
  return checkedRegistry(dialer, { runs: 2 }, hasty, clock)
}

const told = new Map<string, string>()

const modes: ReadonlyArray<string> = [
  "fine",
  "exits at once",
  "exits in the middle of hello",
  "exits after hello",
  "exits at start",
  "exits at its first input",
  "promises to take sequences, and exits at each",
  "promises to take sequences, and exits at one of its inputs",
  "exits with half a frame",
  "exits right behind an answer",
  "aborts at its first input",
  "is killed by a fault of memory",
  "fails an assertion",
  "ends by TERM itself",
  "throws",
  "greets on stdout",
  "says goodbye on stdout",
  "prints bytes that are no text",
  "sends text that is cut off",
  "sends a zero byte",
  "sends a mark of the byte order",
  "answers byte by byte",
  "ends its lines as another system does",
  "floods with answers",
  "sends the longest line that is allowed",
  "sends a line that is longer by one byte",
  "answers each time otherwise",
  "promises to answer the same, and answers each time otherwise",
  "logs between frames",
  "logs into the middle of a frame",
  "logs much and exits",
  "logs a gigabyte without a newline",
  "ignores TERM"
]

const hanging: ReadonlyArray<string> = [
  "hangs at hello",
  "hangs at start",
  "hangs at its first input",
  "spins at its first input",
  "stops itself at its first input",
  "closes its stdin and hangs",
  "closes its stdout",
  "answers on stderr"
]

const kinds = [
  ...modes.map((mode) => [mode, checked] as const),
  ...hanging.map((mode) => [mode, checkedUntilHanging] as const)
]

test.each(kinds)("kit: process: one that %s is told so, and nothing of it is left", async (mode, check) => {
  groups.clear()
  told.set(mode, summary(await check(mode)))
  expect(groups.size).toBeGreaterThan(0)
  expect([...groups].filter(livesInGroup)).toEqual([])
})

test("kit: process: every verdict and message is as it was read and agreed to", async () => {
  const lines = [...told].map(
    ([mode, summary]) => `one that ${mode}\n    ${summary.replaceAll(script, "misbehaving.mjs")}\n`
  )
  await expect(lines.join("")).toMatchFileSnapshot("goldens/processes.txt")
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
    await checkedRegistry(childDialer(command(mode, file), goodbyeMs), { runs: 1 }, patient)
    expect(isAlive(Number(readFileSync(file, "utf8")))).toBe(false)
  }
)

test("kit: process: one whose child has left its group, and holds its stdout, is not waited for", async () => {
  const file = join(folder, "session")
  await checkedRegistry(
    childDialer(command("leaves a child behind in a session of its own", file), goodbyeMs),
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
