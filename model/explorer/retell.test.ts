/** Among all shortest stories of a violation, the one told changes actors least often. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { always, history, type Memory } from "../../spec/law.ts"
import { lossyMail } from "../examples/lossy-mail.ts"
import { mutex } from "../examples/mutex.ts"
import { sessionFencing } from "../examples/session-fencing.ts"
import { register, write } from "../kernel/cell.ts"
import type { Rule, System } from "../kernel/system.ts"
import { explore } from "./explore.ts"
import { replay } from "./replay.ts"
import { simulate } from "./simulate.ts"

/** The fewest changes of actor in any story of `length` steps that ends in a violation, by walking all of them. */
const fewestSwitches = <L>(system: System<L>, law: string, length: number): number => {
  const run = simulate(system)
  if (run.broken().some((broken) => broken.law === law)) return 0
  let level = new Map([[`${run.identity()} nobody`, { at: run.snapshot(), actor: "", switches: 0 }]])
  let fewest = Number.POSITIVE_INFINITY
  for (let depth = 0; depth < length; depth++) {
    const next: typeof level = new Map()
    for (const { at, actor, switches } of level.values()) {
      run.restore(at)
      for (const [index, enabled] of run.enabled().entries()) {
        run.restore(at)
        const { broken } = run.take(index)
        const changes = switches + (actor === "" || actor === enabled.actor ? 0 : 1)
        if (depth === length - 1 && broken.some((one) => one.law === law)) fewest = Math.min(fewest, changes)
        const key = `${run.identity()} ${enabled.actor}`
        if ((next.get(key)?.switches ?? Number.POSITIVE_INFINITY) <= changes) continue
        next.set(key, { at: run.snapshot(), actor: enabled.actor, switches: changes })
      }
    }
    level = next
  }
  return fewest
}

const expectFewest = <L>(system: System<L>): number => {
  let checked = 0
  for (const { id, modality, verdict, length = 0, why, story = [] } of explore(system).laws) {
    if (verdict !== "violated" || modality === "leadsTo") continue
    const actors = story.map(({ actor }) => actor)
    expect(actors.filter((actor, k) => k > 0 && actor !== actors[k - 1]).length).toBe(
      fewestSwitches(system, id, length)
    )
    expect(replay(system, story).broken).toContainEqual({ law: id, why })
    checked++
  }
  return checked
}

/** What a rule does: a step to another place, said aloud or not. */
const anyStep = fc.record({ actor: fc.nat(2), from: fc.nat(7), to: fc.nat(7), label: fc.constantFrom("a", "b", "c") })

const last: Memory<string, string> = { name: "last", init: "", on: (_, label) => label }

const randomSystem = (
  steps: ReadonlyArray<{ actor: number; from: number; to: number; label: string }>
): System<string> => {
  const at = register("at", 0)
  return {
    name: "random",
    cells: [at],
    rules: steps.map(
      ({ actor, from, to, label }, index): Rule<string> => ({
        name: `rule ${index}`,
        actor: `actor ${actor}`,
        fair: "none",
        reads: [at],
        fire: (now) => (now === from ? [{ labels: [label], writes: [write(at, to)] }] : [])
      })
    ),
    laws: [
      history("S1", {
        sentence: "Never b after a.",
        source: "",
        follows: last,
        breaks: (before, label) => (before === "a" && label === "b" ? "b after a" : undefined)
      }),
      always("S2", {
        sentence: "Never far away.",
        source: "",
        observes: ["at"],
        breaks: (now) => ((now as number) >= 6 ? `at ${now}` : undefined)
      })
    ],
    observables: { at }
  }
}

describe("stories", () => {
  it("change actors as rarely as any story of the same length can, on random systems", () => {
    let checked = 0
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 6, maxLength: 24 }), (steps) => {
        checked += expectFewest(randomSystem(steps))
      }),
      { numRuns: 500 }
    )
    expect(checked).toBeGreaterThan(200)
  })

  it("change actors as rarely as any story of the same length can, on the examples", () => {
    expect(expectFewest(mutex(false))).toBe(3)
    expect(expectFewest(lossyMail({ letters: 3, losses: 1, capacity: 3, readerLooksAtNumbers: false }))).toBe(1)
    expect(expectFewest(sessionFencing({ replicas: 1, sessions: 1, barrierForgetsToWait: true }))).toBe(1)
  })
})
