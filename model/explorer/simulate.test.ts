import { describe, expect, it } from "vitest"
import { lossyMail } from "../examples/lossy-mail.ts"
import { mutex } from "../examples/mutex.ts"
import { tokenRing } from "../examples/token-ring.ts"
import type { Cell } from "../kernel/cell.ts"
import { explore } from "./explore.ts"
import { replay } from "./replay.ts"
import { type Simulation, simulate } from "./simulate.ts"

const names = <L>(simulation: Simulation<L>) => simulation.enabled().map(({ rule }) => rule)

const takeNamed = <L>(simulation: Simulation<L>, rule: string) => simulation.take(names(simulation).indexOf(rule))

describe("simulation", () => {
  it("lists what is enabled in the system's order and takes one of it", () => {
    const run = simulate(tokenRing(2))
    expect(names(run)).toEqual(["start", "want 0", "want 1"])
    takeNamed(run, "start")
    takeNamed(run, "want 0")
    expect(names(run)).toEqual(["pass 0", "want 1"])
    expect(takeNamed(run, "pass 0").labels).toEqual([
      { _tag: "Worked", station: 0 },
      { _tag: "Passed", from: 0, to: 1 }
    ])
  })

  it("says which laws a step breaks and witnesses", () => {
    const run = simulate(mutex(false))
    for (const rule of ["look 0", "look 1", "take 0"]) expect(takeNamed(run, rule).broken).toEqual([])
    expect(takeNamed(run, "take 1").broken.map(({ law }) => law)).toEqual(["MUT-S1", "MUT-S2", "MUT-S3"])
    expect(run.broken()).toEqual([{ law: "MUT-S1", why: "both are in" }])
  })

  it("says who waits", () => {
    const run = simulate(tokenRing(2))
    takeNamed(run, "want 0")
    expect(run.pending()).toEqual([{ law: "RING-L1", why: "station 0 wants to work" }])
  })

  it("shows cells and observables", () => {
    const system = lossyMail({ letters: 2, losses: 0, capacity: 2, readerLooksAtNumbers: true })
    const run = simulate(system)
    takeNamed(run, "write")
    expect(run.observe("mail")).toEqual([1])
    expect(run.cellValue(system.cells[0] as Cell<number, never>)).toBe(1)
  })

  it("refuses an observable and an index that do not exist", () => {
    const run = simulate(mutex(true))
    expect(() => run.observe("toString")).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system mutex has no observable toString]`
    )
    expect(() => run.take(9)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: nothing enabled has index 9: there are 2]`
    )
  })

  it("comes back to a snapshot, story and all", () => {
    const run = simulate(tokenRing(2))
    const start = run.snapshot()
    const identity = run.identity()
    takeNamed(run, "start")
    expect(run.identity()).not.toBe(identity)
    expect(run.story()).toEqual([{ rule: "start", actor: "operator", labels: [] }])
    run.restore(start)
    expect([run.identity(), run.story(), names(run)]).toEqual([identity, [], ["start", "want 0", "want 1"]])
  })

  it("goes on in a clone without moving the original", () => {
    const run = simulate(tokenRing(2))
    const clone = run.clone()
    takeNamed(clone, "start")
    expect(names(run)).toContain("start")
    expect(names(clone)).not.toContain("start")
  })

  it("reaches, walked through everywhere, exactly the explored states", () => {
    const run = simulate(tokenRing(3))
    const seen = new Map([[run.identity(), run.snapshot()]])
    for (const snapshot of seen.values()) {
      run.restore(snapshot)
      for (const index of run.enabled().keys()) {
        run.restore(snapshot)
        run.take(index)
        if (!seen.has(run.identity())) seen.set(run.identity(), run.snapshot())
      }
    }
    expect(seen.size).toBe(explore(tokenRing(3)).counts.distinct)
  })
})

describe("replay", () => {
  it("finds a story impossible whose labels do not fit", () => {
    const step = { rule: "start", actor: "operator", labels: [] }
    expect(replay(tokenRing(2), [step]).possible).toBe(true)
    expect(replay(tokenRing(2), [step, step]).possible).toBe(false)
    expect(replay(tokenRing(2), [{ ...step, labels: [{ _tag: "Wanted", station: 0 }] }]).possible).toBe(false)
  })
})
