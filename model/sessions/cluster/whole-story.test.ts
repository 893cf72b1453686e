import { describe, expect, test } from "vitest"
import { explore } from "../../explorer/explore.ts"
import { simulate } from "../../explorer/simulate.ts"
import { walk } from "../../explorer/walk.ts"
import { asPinned } from "../../kernel/scope.ts"
import { wholeStory } from "./whole-story.ts"

const { pinned, sample = { states: 0, walks: 0, steps: 0 } } = wholeStory
const system = wholeStory.system(asPinned)

describe("sessions: whole story", { timeout: 240_000 }, () => {
  test("sessions: whole story: the states nearest to the beginning are as many as pinned, and break no law", () => {
    const { counts, laws, stoppedBecause } = explore(system, { maxStates: sample.states })
    expect({ counts, stoppedBecause }).toEqual({ counts: pinned, stoppedBecause: "maxStates" })
    expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
  })

  test("sessions: whole story: walks come to an end, break no law and see both ways out of a migration", () => {
    const { laws, walked } = walk(system, { ...sample, seed: 1, lookAround: 1_000 })
    expect(walked).toMatchObject({ walks: sample.walks, ended: sample.walks })
    expect(laws.filter(({ verdict }) => verdict === "violated")).toEqual([])
    const seenOn = (id: string): number => walked?.laws[laws.findIndex((law) => law.id === id)]?.walks ?? 0
    for (const id of ["SES-W7", "SES-W17", "SES-W19", "SES-W25", "SES-W27"])
      expect([id, seenOn(id) > 0]).toEqual([id, true])
  })

  test("sessions: whole story: no write begins before one with an older timestamp", () => {
    const run = simulate(system)
    const begin = (): ReadonlyArray<string> =>
      run.enabled().flatMap(({ rule }) => /begins request (\d)/.exec(rule)?.[1] ?? [])
    expect(new Set(begin())).toEqual(new Set(["1"]))
    run.take(run.enabled().findIndex(({ rule }) => rule === "A begins request 1"))
    expect(new Set(begin())).toEqual(new Set(["2"]))
  })
})
