import { describe, expect, it } from "vitest"
import type { Source } from "./source.ts"
import { walkInTeam } from "./walkers.ts"

const example = (maker: string, file: string, ...given: ReadonlyArray<unknown>): Source => ({
  module: new URL(`../../model/examples/${file}.ts`, import.meta.url).href,
  maker,
  arguments: given
})

const forgetful = example("sessionFencing", "session-fencing", {
  replicas: 2,
  sessions: 1,
  barrierForgetsToWait: true
})
const full = { letters: 3, losses: 0, capacity: 2, readerLooksAtNumbers: false }
const some = { walks: 101, steps: 60, seed: 1 }

describe("walkers", { timeout: 30_000 }, () => {
  it.each([
    ["a broken barrier", forgetful],
    ["step laws", example("mutex", "mutex", true)]
  ])("however many report the same, byte for byte: %s", async (_, source) => {
    const [one, two, four] = [
      JSON.stringify(await walkInTeam(source, 1, some)),
      JSON.stringify(await walkInTeam(source, 2, some)),
      JSON.stringify(await walkInTeam(source, 4, some))
    ]
    expect(two).toBe(one)
    expect(four).toBe(one)
  })

  it("fail on the walk on which one fails, with the same story", async () => {
    const failure = (workers: number) =>
      walkInTeam(example("lossyMail", "lossy-mail", full), workers, some).catch((error: Error) => error.message)
    const one = await failure(1)
    expect(one).toContain("holds more than 2")
    expect(await failure(3)).toBe(one)
  })

  it("stop once somebody says so, and tell of what was walked", async () => {
    const found = await walkInTeam(forgetful, 2, { ...some, walks: 10_000_000, interrupted: () => true })
    expect(found.stoppedBecause).toBe("interrupted")
    expect(found.walked?.walks).toBeGreaterThanOrEqual(2)
  })
})
