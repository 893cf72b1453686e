import { describe, expect, it } from "vitest"
import { lossyMail } from "../examples/lossy-mail.ts"
import { mutex } from "../examples/mutex.ts"
import { sessionFencing } from "../examples/session-fencing.ts"
import { tokenRing } from "../examples/token-ring.ts"
import { twoPhaseCommit } from "../examples/two-phase-commit.ts"
import { type StoryStep, tellStory } from "./errors.ts"
import type { Exploration, Progress } from "./exploration.ts"
import { explore } from "./explore.ts"

const resultOf = <L>(exploration: Exploration<L>, id: string) => {
  const result = exploration.laws.find((law) => law.id === id)
  if (result === undefined) throw new Error(`no law ${id}`)
  return result
}

const verdicts = <L>({ laws }: Exploration<L>) => Object.fromEntries(laws.map((law) => [law.id, law.verdict]))

const told = (story: ReadonlyArray<StoryStep<unknown>> | undefined): string => tellStory(story ?? [])

const mail = { letters: 3, losses: 1, capacity: 3, readerLooksAtNumbers: false }

describe("explorer: counts that other tools agree on", () => {
  it("two-phase commit with 3 managers has 288 states", () => {
    expect(explore(twoPhaseCommit(3)).counts).toEqual({ distinct: 288, generated: 1146, depth: 10 })
  })

  it("two-phase commit with 5 managers has 8,832 states and 58,146 transitions, the initial state counted", () => {
    expect(explore(twoPhaseCommit(5)).counts).toEqual({ distinct: 8_832, generated: 58_146, depth: 16 })
  })

  it("session fencing with 2 replicas and 1 session has 45,517 states, 248,016 transitions and depth 30", () => {
    const exploration = explore(sessionFencing({ replicas: 2, sessions: 1 }))
    expect(exploration.counts).toEqual({ distinct: 45_517, generated: 248_017, depth: 30 })
    expect(verdicts(exploration)).toEqual({ "FEN-S1": "holds" })
  })

  it("session fencing whose barrier forgets to wait breaks its law in 16 steps", () => {
    const exploration = explore(sessionFencing({ replicas: 2, sessions: 1, barrierForgetsToWait: true }))
    expect(resultOf(exploration, "FEN-S1")).toMatchObject({ verdict: "violated", length: 16 })
  })

  it("calls the readable functions ten times less than it takes transitions", () => {
    const { counts, stats } = explore(sessionFencing({ replicas: 2, sessions: 1 }))
    expect(stats.ruleCalls + stats.applyCalls + stats.viewCalls + stats.lawCalls).toBeLessThan(counts.generated / 10)
  })
})

describe("explorer: verdicts", () => {
  it("a history law is violated on the step that breaks it, and exploration goes on", () => {
    const exploration = explore(lossyMail(mail))
    expect(exploration.complete).toBe(true)
    const { story, ...result } = resultOf(exploration, "MAIL-S1")
    expect(result).toMatchInlineSnapshot(`
      {
        "id": "MAIL-S1",
        "length": 4,
        "modality": "history",
        "verdict": "violated",
        "why": "letter 1 is read after letter 2",
      }
    `)
    expect(told(story)).toMatchInlineSnapshot(`
      "1. writer: write {"_tag":"Sent","letter":1}
      2. writer: write {"_tag":"Sent","letter":2}
      3. reader: read {"_tag":"Read","letter":2}
      4. reader: read {"_tag":"Read","letter":1}"
    `)
  })

  it("always, step and history laws each tell their own shortest story", () => {
    const exploration = explore(mutex(false))
    expect(exploration.laws.map(({ id, length, why }) => [id, length, why])).toMatchInlineSnapshot(`
      [
        [
          "MUT-S1",
          4,
          "both are in",
        ],
        [
          "MUT-S2",
          4,
          "process 0 entered although the lock was taken",
        ],
        [
          "MUT-S3",
          4,
          "process 0 is number 2 inside",
        ],
      ]
    `)
    expect(told(resultOf(exploration, "MUT-S1").story)).toMatchInlineSnapshot(`
      "1. process 0: look 0
      2. process 1: look 1
      3. process 1: take 1 {"_tag":"Entered","process":1}
      4. process 0: take 0 {"_tag":"Entered","process":0}"
    `)
  })

  it("every law holds once the lock is taken in the step that looks at it", () => {
    expect(verdicts(explore(mutex(true)))).toEqual({ "MUT-S1": "holds", "MUT-S2": "holds", "MUT-S3": "holds" })
  })

  it("sometimes is witnessed with a shortest story", () => {
    const { story, ...result } = resultOf(explore(twoPhaseCommit(2)), "2PC-R1")
    expect(result).toMatchInlineSnapshot(`
      {
        "id": "2PC-R1",
        "length": 5,
        "modality": "sometimes",
        "verdict": "witnessed",
      }
    `)
    expect(told(story)).toMatchInlineSnapshot(`
      "1. manager 0: prepare 0 {"_tag":"Prepared","manager":0}
      2. manager 1: prepare 1 {"_tag":"Prepared","manager":1}
      3. coordinator: hear that 0 is prepared
      4. coordinator: hear that 1 is prepared
      5. coordinator: decide committed {"_tag":"Decided","decision":"committed"}"
    `)
  })

  it("sometimes is never where nothing can be lost", () => {
    expect(verdicts(explore(lossyMail({ ...mail, losses: 0 })))).toMatchObject({ "MAIL-R1": "never" })
  })

  it("leadsTo holds where fair rules end the waiting, and tells the way to where a run may stop where they do not", () => {
    expect(verdicts(explore(tokenRing(3)))).toMatchObject({ "RING-L1": "holds", "RING-R1": "witnessed" })
    const unfair = resultOf(explore(tokenRing(3, "none")), "RING-L1")
    expect([unfair.verdict, unfair.length, unfair.why]).toMatchInlineSnapshot(`
      [
        "violated",
        2,
        "station 0 wants to work",
      ]
    `)
  })

  it("a lost letter is hopeless from the moment it is lost", () => {
    const { story, why } = resultOf(explore(lossyMail(mail)), "MAIL-L1")
    expect(why).toMatchInlineSnapshot(`"letters 1 are unread"`)
    expect(told(story)).toMatchInlineSnapshot(`
      "1. writer: write {"_tag":"Sent","letter":1}
      2. network: lose {"_tag":"Lost","letter":1}"
    `)
  })
})

describe("explorer: how it ends", () => {
  it("the same system gives the same result, byte for byte", () => {
    const run = () => JSON.stringify(explore(sessionFencing({ replicas: 1, sessions: 2, barrierForgetsToWait: true })))
    expect(run()).toBe(run())
  })

  it("beyond maxStates absence and liveness are unknown, and what was found stays found", () => {
    const exploration = explore(lossyMail({ ...mail, letters: 6, capacity: 6 }), { maxStates: 200 })
    expect(exploration.complete).toBe(false)
    expect(exploration.stoppedBecause).toBe("maxStates")
    expect(exploration.counts.distinct).toBeGreaterThanOrEqual(200)
    expect(verdicts(exploration)).toEqual({ "MAIL-S1": "violated", "MAIL-R1": "witnessed", "MAIL-L1": "unknown" })
  })

  it("maxStates stops after the state that reaches it, whatever the size of a batch", () => {
    const stopped = explore(twoPhaseCommit(3), { maxStates: 100 })
    expect(stopped.counts.distinct).toBeLessThan(100 + 3 * 5)
  })

  it("a limit that is not reached changes nothing", () => {
    expect(explore(twoPhaseCommit(3), { maxStates: 289 })).toEqual(explore(twoPhaseCommit(3)))
  })

  it("stopWhenAllOf stops at the end of the level in which the last of the laws was found violated", () => {
    const exploration = explore(sessionFencing({ replicas: 2, sessions: 1, barrierForgetsToWait: true }), {
      stopWhenAllOf: ["FEN-S1"]
    })
    expect(exploration).toMatchObject({ complete: false, stoppedBecause: "allViolated" })
    expect(resultOf(exploration, "FEN-S1")).toMatchObject({ verdict: "violated", length: 16 })
    expect(exploration.counts.depth).toBeLessThanOrEqual(18)
  })

  it("stopWhenAllOf goes on while one of the laws is not violated", () => {
    const exploration = explore(lossyMail(mail), { stopWhenAllOf: ["MAIL-S1", "MAIL-L1"] })
    expect(exploration.complete).toBe(true)
  })

  it("stopWhenAllOf refuses an id that no law has", () => {
    expect(() => explore(mutex(true), { stopWhenAllOf: ["MUT-S9"] })).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system mutex has no law MUT-S9 to stop at]`
    )
  })

  it("an interruption leaves it incomplete", () => {
    let asked = 0
    const exploration = explore(sessionFencing({ replicas: 2, sessions: 1 }), { interrupted: () => ++asked > 3 })
    expect(exploration).toMatchObject({ complete: false, stoppedBecause: "interrupted" })
    expect(verdicts(exploration)).toEqual({ "FEN-S1": "unknown" })
  })

  it("reports progress every so many states", () => {
    const reports: Array<Progress> = []
    explore(twoPhaseCommit(5), { progressEvery: 2_000, onProgress: (progress) => reports.push(progress) })
    expect(reports).toMatchInlineSnapshot(`
      [
        {
          "bytes": 65536,
          "depth": 7,
          "generated": 15370,
          "queue": 1213,
          "states": 3213,
        },
        {
          "bytes": 131072,
          "depth": 9,
          "generated": 29599,
          "queue": 1441,
          "states": 5441,
        },
        {
          "bytes": 131072,
          "depth": 10,
          "generated": 42288,
          "queue": 1261,
          "states": 7261,
        },
        {
          "bytes": 196608,
          "depth": 12,
          "generated": 53808,
          "queue": 524,
          "states": 8524,
        },
      ]
    `)
  })

  it("is timed only with the clock that it is given", () => {
    let time = 0
    expect(explore(mutex(true), { now: () => (time += 7) }).stats.millis).toBe(7)
    expect(explore(mutex(true)).stats).not.toHaveProperty("millis")
  })
})
