// Goal: whatever comes without end costs the kit little memory. Method: a gigabyte over each way, and the kit's memory looked at.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, expect, test } from "vitest"
import { childDialer } from "../transport/child-link.ts"
import type { Dialer } from "../transport/link.ts"
import { socketDialer } from "../transport/socket-link.ts"
import { checkedRegistry, patient, summary } from "./altered.test-support.ts"

const folder = mkdtempSync(join(tmpdir(), "portcullis-memory-"))
const servers: Array<ReturnType<typeof spawn>> = []
afterEach(() => {
  for (const server of servers.splice(0)) server.kill("SIGKILL")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = (name: string): string => fileURLToPath(new URL(`../transport/${name}`, import.meta.url))

/** A server that floods whoever connects, and where it listens. */
const flooding = async (at: string): Promise<string> => {
  const server = spawn(process.execPath, [script("flooding-server.mjs"), at], { stdio: ["ignore", "pipe", "inherit"] })
  servers.push(server)
  return await new Promise((resolve) => server.stdout?.once("data", (where) => resolve(String(where).trim())))
}

const child = (mode: string): Dialer =>
  childDialer(`exec '${process.execPath}' '${script("misbehaving.mjs")}' '${mode}'`, 300)

const tooLong = /^adapter-error: it sent a line longer than 1048576 bytes, which begins with: x{200}$/

const ways: ReadonlyArray<readonly [way: string, dialer: () => Promise<Dialer>, verdict: RegExp]> = [
  ["stdout", async () => child("sends a gigabyte without a newline"), tooLong],
  ["stderr", async () => child("logs a gigabyte and then answers"), /^fail: /],
  ["tcp", async () => socketDialer({ host: "127.0.0.1", port: Number(await flooding("0")) }, "here", 300), tooLong],
  ["unix", async () => socketDialer({ path: await flooding(join(folder, "flood")) }, "here", 300), tooLong]
]

/** Memory that is in use, whoever uses it; a test may not depend on when somebody cleans up what is not. */
const inUse = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test.each(ways)(
  "kit: memory: a gigabyte without a newline over %s costs less than 128 MiB",
  async (way, dial, verdict) => {
    const dialer = await dial()
    const before = { rss: process.memoryUsage().rss, used: inUse() }
    const most = { ...before }
    const looking = setInterval(() => {
      most.rss = Math.max(most.rss, process.memoryUsage().rss)
      most.used = Math.max(most.used, inUse())
    }, 2)
    const said = summary(await checkedRegistry(dialer, { runs: 1 }, patient))
    clearInterval(looking)
    const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)
    const grown = { rss: mebibytes(most.rss - before.rss), used: mebibytes(most.used - before.used) }
    if (process.env.SHOW_MEMORY !== undefined) console.info(`${way}: ${JSON.stringify(grown)} MiB more at most`)
    expect(said).toMatch(verdict)
    expect(grown.rss).toBeLessThan(128)
  }
)
