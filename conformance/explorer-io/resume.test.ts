import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, describe, expect, it } from "vitest"
import { CheckpointRefused, identityOf } from "../../model/explorer/checkpoint.ts"
import { explore } from "../../model/index.ts"
import { loadCheckpoint, saveCheckpoint } from "./checkpoint-file.ts"
import { type Source, systemFrom } from "./source.ts"

const folder = mkdtempSync(join(tmpdir(), "portcullis-"))
afterAll(() => rmSync(folder, { recursive: true }))

const source = (maker: string, file: string, ...given: ReadonlyArray<unknown>): Source => ({
  module: new URL(`../../model/examples/${file}.ts`, import.meta.url).href,
  maker,
  arguments: given
})
const fencing = source("sessionFencing", "session-fencing", { replicas: 2, sessions: 1, barrierForgetsToWait: true })
const child = fileURLToPath(new URL("./resume-child.ts", import.meta.url))

/** Runs the child and kills it after so many checkpoints and milliseconds more; returns what it printed. */
const run = (path: string, killAfter?: { readonly saves: number; readonly millis: number }): Promise<string> =>
  new Promise((resolve) => {
    const spawned = spawn(process.execPath, ["--import", "tsx", child, path, JSON.stringify(fencing)])
    let printed = ""
    spawned.stdout.on("data", (data: Buffer) => {
      const before = printed.length
      printed += data.toString()
      if (killAfter !== undefined && before < killAfter.saves && printed.length >= killAfter.saves) {
        setTimeout(() => spawned.kill("SIGKILL"), killAfter.millis)
      }
    })
    spawned.stderr.on("data", (data: Buffer) => {
      printed += data.toString()
    })
    spawned.on("close", () => resolve(printed))
  })

describe("checkpoints", () => {
  it("killed at ten random moments and resumed, it ends with the identical report", async () => {
    const whole = JSON.stringify(explore(await systemFrom(fencing)))
    const path = join(folder, "killed")
    // Not seeded on purpose: the moments of a kill cannot be repeated anyway.
    for (let kill = 0; kill < 10; kill++) {
      await run(path, { saves: 1 + Math.floor(Math.random() * 3), millis: Math.floor(Math.random() * 8) })
    }
    const printed = await run(path)
    expect(printed.trimEnd().split("\n").at(-1)).toBe(whole)
  }, 120_000)

  it("resumed from every checkpoint, it ends with the identical report", async () => {
    const system = await systemFrom(fencing)
    const whole = explore(system)
    const saved: Array<string> = []
    explore(system, {
      checkpointEvery: 9_000,
      onCheckpoint: (checkpoint) => {
        const path = join(folder, `saved ${saved.length}`)
        saveCheckpoint(path, checkpoint, identityOf(system))
        saved.push(path)
      }
    })
    expect(saved.length).toBeGreaterThan(3)
    for (const path of saved) {
      const resume = loadCheckpoint(path, identityOf(system))!
      expect(explore(await systemFrom(fencing), { resume })).toEqual(whole)
    }
  })

  it("refuses damaged and foreign ones, and says why", async () => {
    const system = await systemFrom(fencing)
    const path = join(folder, "good")
    explore(system, {
      maxStates: 5_000,
      checkpointEvery: 1_024,
      onCheckpoint: (checkpoint) => saveCheckpoint(path, checkpoint, identityOf(system))
    })
    const good = readFileSync(path)
    const bad = join(folder, "bad")
    for (const at of [0, 30, 200, good.length >> 1, good.length - 1]) {
      const damaged = Buffer.from(good)
      damaged[at]! ^= 4
      writeFileSync(bad, damaged)
      expect(() => loadCheckpoint(bad, identityOf(system)), `byte ${at}`).toThrow(CheckpointRefused)
    }
    writeFileSync(bad, good.subarray(0, good.length - 4))
    expect(() => loadCheckpoint(bad, identityOf(system))).toThrow("the checkpoint is damaged: it is cut short")
    const other = await systemFrom(source("sessionFencing", "session-fencing", { replicas: 2, sessions: 2 }))
    expect(() => loadCheckpoint(path, identityOf(other))).toThrow("the checkpoint belongs to another system: it says")
    expect(loadCheckpoint(join(folder, "none"), "")).toBeUndefined()
  })
})
