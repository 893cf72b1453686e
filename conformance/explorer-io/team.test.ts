import { describe, expect, it } from "vitest"
import type { Source } from "./source.ts"
import { exploreInTeam } from "./team.ts"

const example = (maker: string, file: string, ...given: ReadonlyArray<unknown>): Source => ({
  module: new URL(`../../model/examples/${file}.ts`, import.meta.url).href,
  maker,
  arguments: given
})

const sources: ReadonlyArray<readonly [string, Source]> = [
  ["two-phase commit", example("twoPhaseCommit", "two-phase-commit", 5)],
  ["session fencing", example("sessionFencing", "session-fencing", { replicas: 2, sessions: 1 })],
  [
    "a broken barrier",
    example("sessionFencing", "session-fencing", { replicas: 2, sessions: 1, barrierForgetsToWait: true })
  ],
  ["step laws", example("mutex", "mutex", false)],
  [
    "lost letters",
    example("lossyMail", "lossy-mail", { letters: 6, losses: 1, capacity: 6, readerLooksAtNumbers: false })
  ]
]

describe("a team of workers", () => {
  it.each(sources)("reports the same as one thread, byte for byte: %s", async (_, source) => {
    const [one, two, four] = [
      JSON.stringify(await exploreInTeam(source, 1)),
      JSON.stringify(await exploreInTeam(source, 2)),
      JSON.stringify(await exploreInTeam(source, 4))
    ]
    expect(two).toBe(one)
    expect(four).toBe(one)
  })

  it("stops at a limit where one thread stops", async () => {
    const [, source] = sources[1]!
    const limited = { maxStates: 30_000 }
    expect(await exploreInTeam(source, 2, limited)).toEqual(await exploreInTeam(source, 1, limited))
  })

  it("fails where one thread fails, with the same story", async () => {
    const [, source] = [
      0,
      example("lossyMail", "lossy-mail", { letters: 3, losses: 0, capacity: 2, readerLooksAtNumbers: false })
    ]
    const one = await exploreInTeam(source, 1).catch((error: Error) => error.message)
    const two = await exploreInTeam(source, 2).catch((error: Error) => error.message)
    expect(two).toBe(one)
    expect(one).toContain("holds more than 2")
  })
})
