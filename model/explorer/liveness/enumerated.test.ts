/** The verdict on random small systems against a plain enumeration of all lassos. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Fairness } from "../../kernel/system.ts"
import { explore } from "../explore.ts"
import { smallSystem, type Way } from "./small-system.test-support.ts"

const ruleNames = ["p", "q", "r", "s"]

interface Draw {
  readonly steps: ReadonlyArray<Way>
  readonly fair: Readonly<Record<string, Fairness>>
  readonly waiting: ReadonlyArray<number>
}

const anyFairness = fc.constantFrom<Fairness>("none", "weak", "strong")
const anyDraw: fc.Arbitrary<Draw> = fc.record({
  steps: fc.uniqueArray(fc.record({ from: fc.nat(4), rule: fc.constantFrom(...ruleNames), to: fc.nat(4) }), {
    maxLength: 10,
    selector: ({ from, rule, to }) => `${from} ${rule} ${to}`
  }),
  fair: fc.record({ p: anyFairness, q: anyFairness, r: anyFairness, s: anyFairness }),
  waiting: fc.subarray([0, 1, 2, 3, 4], { minLength: 2 })
})

/** Steps to each reachable place. */
const distances = (steps: ReadonlyArray<Way>): ReadonlyMap<number, number> => {
  const far = new Map([[0, 0]])
  for (const [place, distance] of far)
    for (const { from, to } of steps) if (from === place && !far.has(to)) far.set(to, distance + 1)
  return far
}

/** Whether a closed walk can take exactly these steps. */
const isClosedWalk = (some: ReadonlyArray<Way>): boolean => {
  const reaches = (start: number): ReadonlySet<number> => {
    const seen = new Set([start])
    for (const place of seen) for (const { from, to } of some) if (from === place) seen.add(to)
    return seen
  }
  const places = some.flatMap(({ from, to }) => [from, to])
  return places.every((one) => places.every((other) => reaches(one).has(other)))
}

/** Whether a run that takes exactly these steps again and again is fair. */
const isFair = ({ steps, fair }: Draw, some: ReadonlyArray<Way>): boolean => {
  const places = [...new Set(some.map(({ from }) => from))]
  return ruleNames.every((name) => {
    const enabledAt = (place: number): boolean => steps.some(({ from, rule }) => from === place && rule === name)
    const fires = some.some(({ rule }) => rule === name)
    if (fair[name] === "weak") return fires || !places.every(enabledAt)
    if (fair[name] === "strong") return fires || !places.some(enabledAt)
    return true
  })
}

/** Steps to the nearest place where a fair run may begin to wait for ever, by trying every set of steps. */
const enumerated = (draw: Draw): number | undefined => {
  const far = distances(draw.steps)
  const waits = (place: number): boolean => draw.waiting.includes(place) && far.has(place)
  const owesNothing = (place: number): boolean =>
    draw.steps.every(({ from, rule }) => from !== place || draw.fair[rule] === "none")
  const inside = draw.steps.filter(({ from, to }) => waits(from) && waits(to))
  const ends = [...far.keys()].filter((place) => waits(place) && owesNothing(place)).map((place) => far.get(place)!)
  for (let set = 1; set < 1 << inside.length; set++) {
    const some = inside.filter((_, k) => (set >> k) & 1)
    const nearest = Math.min(...some.map(({ from }) => far.get(from)!))
    // Only what could be nearer than the best so far needs a closer look.
    if (nearest < Math.min(...ends) && isFair(draw, some) && isClosedWalk(some)) ends.push(nearest)
  }
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/** The places that a told story visits, the first one included. */
const told = (
  story: ReadonlyArray<{ readonly labels: ReadonlyArray<{ readonly to: number }> }>
): ReadonlyArray<number> => [0, ...story.map(({ labels }) => labels[0]!.to)]

describe("liveness", () => {
  it("agrees with an enumeration of all lassos on 10,000 random systems, and what it tells is a fair lasso", () => {
    let violated = 0
    let loops = 0
    fc.assert(
      fc.property(anyDraw, (draw) => {
        const [law] = explore(smallSystem(draw.steps, draw.fair, draw.waiting)).laws
        expect(law!.length).toBe(enumerated(draw))
        if (law!.verdict === "holds") return
        violated++
        const { length, story = [], lasso } = law!
        const places = told(story)
        const steps = story.map(({ rule }, k) => ({ from: places[k]!, rule, to: places[k + 1]! }))
        for (const step of steps) expect(draw.steps).toContainEqual(step)
        for (const place of places.slice(length)) expect(draw.waiting).toContain(place)
        if (lasso === undefined) return
        loops++
        expect(places.at(-1)).toBe(places[lasso])
        expect(isFair(draw, steps.slice(lasso))).toBe(true)
      }),
      { numRuns: 10_000 }
    )
    // Both ways of waiting for ever were drawn often.
    expect(loops).toBeGreaterThan(500)
    expect(violated - loops).toBeGreaterThan(500)
  })
})
