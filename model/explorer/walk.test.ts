import { describe, expect, it } from "vitest"
import { lossyMail } from "../examples/lossy-mail.ts"
import { mutex } from "../examples/mutex.ts"
import { sessionFencing } from "../examples/session-fencing.ts"
import { tokenRing } from "../examples/token-ring.ts"
import { register, write } from "../kernel/cell.ts"
import type { Rule, System } from "../kernel/system.ts"
import { compile } from "./compile.ts"
import { tellStory } from "./errors.ts"
import { explore } from "./explore.ts"
import { chance } from "./random.ts"
import { replay } from "./replay.ts"
import { walk } from "./walk.ts"
import { together } from "./walked.ts"
import { Walker } from "./walker.ts"
import { wander } from "./wander.ts"

const some = { walks: 50, steps: 60, seed: 1 }
const mail = { letters: 3, losses: 1, capacity: 3, readerLooksAtNumbers: false }
const forgetful = sessionFencing({ replicas: 2, sessions: 1, barrierForgetsToWait: true })

describe("random walks", () => {
  it("with the same seed find the same, byte for byte, and with another seed something else", () => {
    const text = (seed: number) => JSON.stringify(walk(forgetful, { ...some, seed }))
    expect(text(1)).toBe(text(1))
    expect(text(1)).not.toBe(text(2))
  })

  it("never say that a law holds", () => {
    const verdicts = walk(tokenRing(3), some).laws.map(({ id, verdict }) => [id, verdict])
    expect(verdicts).toEqual([
      ["RING-S1", "unknown"],
      ["RING-R1", "witnessed"],
      ["RING-L1", "unknown"]
    ])
  })

  it("find nothing that exploring does not find, and tell no shorter story", () => {
    for (const system of [mutex(false), mutex(true), lossyMail(mail), tokenRing(3, "none")] as ReadonlyArray<
      System<unknown>
    >) {
      const all = explore(system)
      for (const [index, found] of walk(system, some).laws.entries()) {
        if (found.verdict === "unknown") continue
        expect(all.laws[index]).toMatchObject({ id: found.id, verdict: found.verdict })
        expect(found.length).toBeGreaterThanOrEqual(all.laws[index]!.length!)
      }
    }
  })

  it("that tread everything tell the shortest stories", () => {
    const { laws, counts } = walk(lossyMail(mail), { walks: 6_000, steps: 20, seed: 7 })
    const all = explore(lossyMail(mail))
    expect(counts).toEqual(all.counts)
    expect(laws).toEqual(all.laws)
  })

  it("tell a story that replays and ends in the violation", () => {
    const { laws } = walk(forgetful, { walks: 3_000, steps: 60, seed: 1 })
    const [{ verdict, story = [], why } = { verdict: "missing" }] = laws
    expect(verdict).toBe("violated")
    expect(replay(forgetful, story).broken).toContainEqual({ law: "FEN-S1", why })
  })

  it("find a run that waits for ever", () => {
    const found = walk(lossyMail(mail), some).laws.find(({ id }) => id === "MAIL-L1")
    expect(tellStory(found?.story ?? [])).toMatchInlineSnapshot(`
      "1. writer: write {"_tag":"Sent","letter":1}
      2. network: lose {"_tag":"Lost","letter":1}"
    `)
  })

  it("blame a function of the model with the walk that led there", () => {
    const at = register("at", 0)
    const system: System<string> = {
      name: "brittle",
      cells: [at],
      rules: [
        {
          name: "on",
          actor: "someone",
          fair: "none",
          reads: [at],
          fire: (now) => {
            if (now === 3) throw new Error("three is too many")
            return [{ labels: [], writes: [write(at, (now as number) + 1)] }]
          }
        }
      ],
      laws: [],
      observables: {}
    }
    expect(() => walk(system, some)).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: rule on threw Error: three is too many, after this story:
      1. someone: on
      2. someone: on
      3. someone: on]
    `)
  })

  it("count what they came through: all, whatever is looked around from", () => {
    const { walked, counts } = walk(forgetful, { ...some, lookAround: 1 })
    const taken = walked?.rules.reduce((sum, rule) => sum + rule.taken, 0)
    expect(walked).toMatchObject({ walks: 50, steps: taken })
    expect(counts.distinct).toBeLessThanOrEqual(some.steps + 1)
    const all = walk(forgetful, some)
    expect(all.walked).toEqual(walked)
    expect(all.counts.distinct).toBeGreaterThan(counts.distinct)
  })

  it("look around where they found something, however far that is from the first walks", () => {
    const far = walk(forgetful, { walks: 3_000, steps: 60, seed: 1, lookAround: 1 })
    expect(far.walked?.laws[0]?.soonest?.walk).toBeGreaterThan(1)
    expect(far.laws[0]).toMatchObject({ id: "FEN-S1", verdict: "violated" })
  })

  it("find the same when they have to forget what they learnt", () => {
    const numbers = Array.from({ length: some.walks }, (_, number) => number)
    const forgetting = wander(forgetful, some, numbers, () => false, 0)
    expect(forgetting).toEqual(wander(forgetful, some, numbers))
  })

  it("however they are shared out, come to the same together", () => {
    const numbers = Array.from({ length: some.walks }, (_, number) => number)
    const parts = [0, 1, 2].map((rest) =>
      wander(
        forgetful,
        some,
        numbers.filter((number) => number % 3 === rest)
      )
    )
    expect(together(parts)).toEqual(wander(forgetful, some, numbers))
    expect(together(parts.toReversed())).toEqual(wander(forgetful, some, numbers))
  })

  it("leave the protocol to itself for as long as they are patient", () => {
    const at = register("at", 0)
    const turning = (name: string, fair: "weak" | "none"): Rule<string> => ({
      name,
      actor: "someone",
      fair,
      reads: [at],
      fire: (now) => [{ labels: [], writes: [write(at, 1 - (now as number))] }]
    })
    const restless: System<string> = {
      name: "restless",
      cells: [at],
      rules: [turning("work", "weak"), turning("fault", "none")],
      laws: [],
      observables: {}
    }
    const faults = (patience: number): number => {
      let times = 0
      const walker = new Walker(compile(restless), {
        took: (rule) => {
          times += rule
        },
        heard: () => undefined
      })
      walker.once(chance(1), 1_000, patience)
      return times
    }
    expect(Math.abs(faults(1) - 500)).toBeLessThan(50)
    expect(Math.abs(faults(9) - 100)).toBeLessThan(30)
    expect(faults(1_000)).toBeLessThan(5)
  })

  it("blame the rule that was firing for what fails while it fires", () => {
    const tight = lossyMail({ letters: 3, losses: 0, capacity: 1, readerLooksAtNumbers: false })
    expect(() => walk(tight, some)).toThrow(/holds more than 1, while rule \w+ fired, after this story:\n1\. /)
  })

  it("begin no further walk once interrupted", () => {
    const { stoppedBecause, counts } = walk(forgetful, { ...some, interrupted: () => true })
    expect(stoppedBecause).toBe("interrupted")
    expect(counts.distinct).toBeLessThanOrEqual(61)
  })
})

describe("chance", () => {
  it("draws evenly from those below a bound", () => {
    const draw = chance(5)
    const counts = [0, 0, 0, 0, 0, 0, 0]
    for (let k = 0; k < 70_000; k++) counts[draw(7)]!++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })

  it("gives each stream of a seed numbers of its own", () => {
    const first = (seed: number, stream: number) =>
      Array.from(
        { length: 8 },
        (
          (draw) => () =>
            draw(1_000)
        )(chance(seed, stream))
      )
    expect(new Set([first(1, 0), first(1, 1), first(2, 0), first(2, 1)].map(String)).size).toBe(4)
  })
})
