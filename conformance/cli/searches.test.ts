import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { run } from "./program.ts"
import { portcullis, RecordingShell } from "./shell.test-support.ts"

const folder = mkdtempSync(join(tmpdir(), "portcullis-"))
afterAll(() => rmSync(folder, { recursive: true }))

const explore = (...words: ReadonlyArray<string>) => portcullis("explore", "dcp", ...words)

describe("cli: limits", { timeout: 30_000 }, () => {
  it("of states: it stops there, says what was covered, and the verdict is unknown", async () => {
    const { status, out } = await explore("--scope", "openAndClose", "--max-states", "500")
    expect(status).toBe(2)
    expect(out).toContain("  unknown\n")
    expect(out).toMatch(
      /openAndClose: stopped at the limit of 500 states; covered are 50\d states, among them all that are at most \d+ steps away; the rest is unknown\nunknown: /
    )
  })

  it("of memory: the same", async () => {
    const { status, out } = await explore("--scope", "twoStreams", "--max-memory", "1")
    expect(status).toBe(2)
    expect(out).toContain("twoStreams: stopped at the limit of 1 MiB; covered are ")
  })

  it("that are not reached change nothing", async () => {
    const plain = await explore("--scope", "oneStream")
    expect(await explore("--scope", "oneStream", "--max-states", "45", "--max-memory", "100")).toEqual(plain)
  })

  it.each([
    ["--max-states", "0"],
    ["--max-memory", "1.5"],
    ["--workers", "many"],
    ["--walks", "-1"],
    ["--steps", "0"],
    ["--checkpoint-every", "1e3"]
  ])("%s %s is refused, and the message says what is right", async (option, value) => {
    const { status, err } = await explore("--scope", "oneStream", option, value)
    expect(status).toBe(4)
    expect(err).toMatch(new RegExp(`^portcullis: ${option} takes a whole number from 1 to \\d+, not "${value}"\n$`))
  })
})

describe("cli: workers", { timeout: 60_000 }, () => {
  it("stop at a limit where one stops, and JSON says at which", async () => {
    const words = ["--scope", "shutOverSetup", "--max-states", "3000", "--json"]
    const one = await explore(...words)
    expect(one.out).toContain('"stoppedBecause": "maxStates"')
    expect(await explore(...words, "--workers", "2")).toEqual(one)
  })

  it("hear Ctrl-C", async () => {
    const shell = new RecordingShell(3)
    expect(await run(["explore", "dcp", "--scope", "everyFlow", "--workers", "2"], shell)).toBe(2)
    expect(shell.out).toContain("everyFlow: interrupted; covered are ")
  })

  it.each(["takeovers", "asShippedShut", "asShippedManager"])("two print what one prints: %s", async (scope) => {
    const one = await explore("--scope", scope)
    expect(await explore("--scope", scope, "--workers", "2")).toEqual(one)
  })

  it("an assumption that there is not is refused as with one", async () => {
    const { status, err } = await explore("--scope", "oneStream", "--workers", "2", "--without", "A9")
    expect({ status, err }).toMatchObject({ status: 4, err: expect.stringContaining('no assumption "DCP-A9"') })
  })
})

describe("cli: checkpoints", { timeout: 30_000 }, () => {
  const scope = ["--scope", "shutOverSetup"]
  const kept = join(folder, "kept")
  const checkpoint = ["--checkpoint", kept, "--checkpoint-every", "1000"]

  it("an exploration that was cut short goes on, and prints what one without a break prints", async () => {
    await explore(...scope, ...checkpoint, "--max-states", "4000")
    expect(await explore(...scope, ...checkpoint, "--resume")).toEqual(await explore(...scope))
  })

  it("where there is none yet it says so and starts from the beginning", async () => {
    const { status, err } = await explore(...scope, "--checkpoint", join(folder, "none"), "--resume")
    expect(status).toBe(0)
    expect(err).toMatch(/there is no checkpoint .*none yet; it starts from the beginning\n$/)
  })

  it("of another scope, of the same scope changed, damaged, or no checkpoint at all: each is refused", async () => {
    const refused = async (path: string, ...words: ReadonlyArray<string>): Promise<string> => {
      const { status, err, out } = await explore(...words, "--checkpoint", path, "--resume")
      expect({ status, out }).toEqual({ status: 4, out: "" })
      return err
    }
    expect(await refused(kept, "--scope", "takeovers")).toContain("the checkpoint belongs to another system")
    expect(await refused(kept, ...scope, "--without", "A4")).toContain("the checkpoint belongs to another system")
    const damaged = join(folder, "damaged")
    const bytes = readFileSync(kept)
    bytes[bytes.length - 3]! ^= 1
    writeFileSync(damaged, bytes)
    expect(await refused(damaged, ...scope)).toContain("the checkpoint is damaged")
    const other = join(folder, "other")
    writeFileSync(other, "{}\n")
    expect(await refused(other, ...scope)).toContain("this is not a checkpoint")
    expect(await refused(folder, ...scope)).toContain("cannot be used")
  })

  it("a file that cannot be written is refused", async () => {
    const path = join(folder, "no such folder", "file")
    const { status, err } = await explore(...scope, "--checkpoint", path, "--checkpoint-every", "10")
    expect(status).toBe(4)
    expect(err).toMatch(/^portcullis: --checkpoint .* cannot be used: ENOENT/)
  })
})

describe("cli: walks", () => {
  it("that find nothing leave the verdict unknown, and say how far they came", async () => {
    const { status, out } = await explore("--scope", "takeovers", "--walks", "50", "--steps", "40", "--seed", "3")
    expect(status).toBe(2)
    expect(out).toMatch(
      /takeovers: 50 walks of at most 40 steps, seed 3, with [\d,]+ steps, of which \d+ came to an end; looked around from [\d,]+ states, at most \d+ steps away; the rest is unknown\nunknown: /
    )
  })

  it("with the same seed print the same, and with another something else", async () => {
    const walks = async (seed: string) => (await explore("--scope", "takeovers", "--walks", "50", "--seed", seed)).out
    expect(await walks("1")).toBe(await walks("1"))
    expect(await walks("2")).not.toBe(await walks("1"))
  })

  it("that find what must hold broken fail, with the story", async () => {
    const { status, out } = await explore("--scope", "oneStream", "--walks", "100", "--variant", "endPolicy=ignore")
    expect(status).toBe(1)
    expect(out).toContain("✗ DCP-S4  ")
    expect(out).toContain("\nfail: ")
  })

  it("do not mind that a law breaks which the scope is there to break, even by a longer way", async () => {
    const { status, out } = await explore("--scope", "beforeFix", "--walks", "3")
    expect(status).toBe(2)
    expect(out).not.toContain("must hold")
  })
})

describe("cli: a scope that is too large", { timeout: 240_000 }, () => {
  it("passes once its sample is as pinned, and says that this is not all", async () => {
    const { status, out } = await portcullis("explore", "sessions", "--scope", "wholeStory")
    expect(out).toMatch(
      /wholeStory: too large to be seen to the end; covered are [\d,]+ states, among them all that are at most \d+ steps away, and 100 walks of at most 1,000 steps, seed 1, with [\d,]+ steps, of which 100 came to an end; the rest is unknown\nwholeStory: to walk on: --scope wholeStory --walks 10000 --steps 1000 --seed 2 --workers 2\npass: 1 of 1 scope as pinned; 0 of 1 seen to the end\n$/
    )
    expect(status).toBe(0)
  })

  it("is explored as far as somebody wants, which proves nothing either", async () => {
    const { status, out } = await portcullis("explore", "sessions", "--scope", "wholeStory", "--max-states", "1000")
    expect(status).toBe(2)
    expect(out).toContain("wholeStory: stopped at the limit of 1,000 states; covered are ")
  })

  it("is walked by several as by one, and JSON says on how many walks each law and rule was seen", async () => {
    const words = ["explore", "sessions", "--scope", "wholeStory", "--walks", "9", "--steps", "1000", "--json"]
    const one = await portcullis(...words)
    expect(await portcullis(...words, "--workers", "2")).toEqual(one)
    expect(JSON.parse(one.out).scopes[0].walked).toMatchObject({ walks: 9, ended: 9 })
    expect(one.out).toMatch(/"id": "SES-W17",\s+"walks": \d/)
  })
})
