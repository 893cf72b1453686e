import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { isAlive } from "../transport/alive.test-support.ts"
import { ended, started } from "./process.test-support.ts"

const script = fileURLToPath(new URL("../transport/misbehaving.mjs", import.meta.url))

describe("cli: adapter process", () => {
  let folder = ""
  let children = 0

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-adapter-"))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** A check that would take for ever, of an adapter that has a child which ignores TERM. */
  const checking = async (mode: string) => {
    const file = join(folder, `child-${++children}`)
    const adapter = `'${process.execPath}' '${script}' '${mode}' '${file}'`
    const report = join(folder, `report-${children}`)
    const words = ["check", "--adapter", adapter, "--role", "registry", "--runs", "1000000", "--report", report]
    const child = started(...words)
    while (!existsSync(file) || readFileSync(file, "utf8") === "") await setTimeout(20)
    return { child, done: ended(child), left: Number(readFileSync(file, "utf8")), report }
  }

  /** Every file of a report is there to its end, or not at all. */
  const isWhole = (report: string): void => {
    const names = readdirSync(report)
    expect(names.filter((name) => name.endsWith(".part"))).toEqual([])
    if (!names.includes("run.jsonl")) return
    const text = readFileSync(join(report, "run.jsonl"), "utf8")
    expect(text.endsWith("\n")).toBe(true)
    for (const line of text.trimEnd().split("\n")) JSON.parse(line)
    JSON.parse(readFileSync(join(report, "report.json"), "utf8"))
    expect(readFileSync(join(report, "index.html"), "utf8").trimEnd().endsWith("</html>")).toBe(true)
  }

  const stops: ReadonlyArray<readonly [signal: "SIGINT" | "SIGTERM" | "SIGHUP", mode: string]> = [
    ["SIGINT", "leaves a child behind"],
    ["SIGINT", "leaves a child behind and hangs at hello"],
    ["SIGTERM", "leaves a child behind and hangs at its first input"],
    ["SIGHUP", "leaves a child behind and ignores TERM"]
  ]

  it.each(stops)("%s to the check of one that %s lets go of all that it has started", async (signal, mode) => {
    const { child, done, left, report } = await checking(mode)
    expect(isAlive(left)).toBe(true)
    child.kill(signal)
    expect((await done).status).toBe(2)
    expect(isAlive(left)).toBe(false)
    expect(readdirSync(report)).toContain("run.jsonl")
    isWhole(report)
  })

  const conventional: ReadonlyArray<readonly [signal: "SIGINT" | "SIGTERM" | "SIGHUP", status: number]> = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129]
  ]

  it.each(conventional)(
    "a second %s, which waits for nothing, does so as well, with status %d",
    async (signal, status) => {
      const { child, done, left, report } = await checking("leaves a child behind and ignores TERM")
      // Two that come close to each other count as one, so it is pressed until it is heard.
      const pressing = setInterval(() => child.kill(signal), 600)
      expect((await done).status).toBe(status)
      clearInterval(pressing)
      await goneSoon(left)
      isWhole(report)
    }
  )
})

/** Nobody waits for those who are killed as the kit itself ends: they are gone soon, and never to be found after that. */
const goneSoon = async (process: number): Promise<void> => {
  while (isAlive(process)) await setTimeout(20)
}
