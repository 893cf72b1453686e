import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ended, started } from "./process.test-support.ts"

const script = fileURLToPath(new URL("../transport/misbehaving.mjs", import.meta.url))

/** A process that is dead may still have an entry, where nobody asks how it ended. */
const isAlive = (process: number): boolean => {
  try {
    return !/^[0-9]+ \(.*\) Z/.test(readFileSync(`/proc/${process}/stat`, "utf8"))
  } catch {
    return false
  }
}

describe("cli: adapter process", () => {
  let folder = ""
  let children = 0

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-adapter-"))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** A check that would take for ever, of an adapter that has a child which ignores TERM. */
  const checking = async () => {
    const file = join(folder, `child-${++children}`)
    const adapter = `'${process.execPath}' '${script}' 'leaves a child behind' '${file}'`
    const report = join(folder, "report")
    const words = ["check", "--adapter", adapter, "--role", "registry", "--runs", "1000000", "--report", report]
    const child = started(...words)
    while (!existsSync(file) || readFileSync(file, "utf8") === "") await setTimeout(20)
    return { child, done: ended(child), left: Number(readFileSync(file, "utf8")) }
  }

  it("Ctrl-C lets go of the adapter and of all that it has started", async () => {
    const { child, done, left } = await checking()
    expect(isAlive(left)).toBe(true)
    child.kill("SIGINT")
    expect((await done).status).toBe(2)
    expect(isAlive(left)).toBe(false)
  })

  it("a second Ctrl-C, which waits for nothing, does so as well", async () => {
    const { child, done, left } = await checking()
    child.kill("SIGINT")
    await setTimeout(600)
    child.kill("SIGINT")
    await done
    expect(isAlive(left)).toBe(false)
  })
})
