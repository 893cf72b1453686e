import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { ended, started, startedFromSources } from "./process.test-support.ts"
import { portcullis } from "./shell.test-support.ts"

describe("cli: process", () => {
  it.each([
    ["as the package has it", started],
    ["as the repository has it", startedFromSources]
  ])("%s, it prints on stdout what the command says, and nothing else", async (_, start) => {
    expect(await ended(start("list", "laws", "--json"))).toEqual(await portcullis("list", "laws", "--json"))
  })

  it("complains on stderr alone, and says so in its exit status", async () => {
    expect(await ended(started("explore", "tcp"))).toEqual({
      status: 4,
      out: "",
      err: 'portcullis: there is no protocol "tcp"; there is dcp, sessions, view-building, raft-upgrade\n'
    })
  })

  it("fails with the status of the command, and a pipe gets no colours", async () => {
    const { status, out } = await ended(started("replay", "dcp/asShippedTakeover/DCP-L3"))
    expect(status).toBe(1)
    expect(out).not.toContain("\u001b")
  })

  it("Ctrl-C in the middle of work ends it soon, with what was found so far as unknown", async () => {
    const folder = mkdtempSync(join(tmpdir(), "portcullis-interrupt-"))
    const report = join(folder, "report")
    const child = started("check", "--role", "consumer-connection", "--runs", "1000000", "--report", report, "--json")
    const done = ended(child)
    // The folder is made right before the first run.
    while (!existsSync(report)) await setTimeout(20)
    await setTimeout(300)
    child.kill("SIGINT")
    const pressed = performance.now()
    const { status, out, err } = await done
    expect({ status, err }).toEqual({ status: 2, err: "" })
    expect(JSON.parse(out).results).toMatchObject([{ verdict: "unknown" }])
    expect(performance.now() - pressed).toBeLessThan(5_000)
    rmSync(folder, { recursive: true, force: true })
  })

  it("a reader that stops reading is no reason to complain", async () => {
    const child = started("list", "scopes", "--json")
    child.stdout?.destroy()
    expect((await ended(child)).err).toBe("")
  })
})
