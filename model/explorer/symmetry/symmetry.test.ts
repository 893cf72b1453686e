import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { always, history, leadsTo, type Memory, sometimes } from "../../../spec/law.ts"
import { sessionFencing } from "../../examples/session-fencing.ts"
import { twoPhaseCommit } from "../../examples/two-phase-commit.ts"
import { register, write } from "../../kernel/cell.ts"
import { moved, type Permutation, renaming } from "../../kernel/symmetry.ts"
import { type Rule, rulesOf, type System } from "../../kernel/system.ts"
import { explore } from "../explore.ts"
import { replay } from "../replay.ts"
import { type Simulation, simulate } from "../simulate.ts"
import { exploreOrbits } from "./explore-orbits.ts"
import { after, identity, inverse, orders } from "./permutations.ts"

/** Every reachable state of a simulation, as the values that `seen` picks. */
const everyState = <L, A>(run: Simulation<L>, seen: (run: Simulation<L>) => A): ReadonlyArray<A> => {
  const known = new Map([[run.identity(), run.snapshot()]])
  const values: Array<A> = []
  for (const snapshot of known.values()) {
    run.restore(snapshot)
    values.push(seen(run))
    for (const index of run.enabled().keys()) {
      run.restore(snapshot)
      run.take(index)
      if (!known.has(run.identity())) known.set(run.identity(), run.snapshot())
    }
  }
  return values
}

/** The orbits of two-phase commit, by trying every permutation of every state. */
const orbitsOfCommit = (count: number): number => {
  const system = twoPhaseCommit(count)
  const [coordinator, sent, ...managers] = system.cells
  const all = orders(identity(count))
  const states = everyState(simulate(system), (run) => {
    const { prepared: known, ...now } = run.cellValue(coordinator as never) as { prepared: ReadonlyArray<boolean> }
    const { prepared, ...rest } = run.cellValue(sent as never) as { prepared: ReadonlyArray<boolean> }
    const entries = managers.map((cell, k) => JSON.stringify([run.cellValue(cell as never), known[k], prepared[k]]))
    return { now, rest, entries }
  })
  const canonical = states.map(({ now, rest, entries }) =>
    JSON.stringify([now, rest, all.map((to) => moved(entries, to).join()).sort()[0]])
  )
  return new Set(canonical).size
}

type Label = { readonly who: number; readonly what: "in" | "out" }
const rule = rulesOf<Label>()

/** Who went in, and how often that made two. */
const inside: Memory<ReadonlyArray<boolean>, Label> = {
  name: "inside",
  init: [false, false, false],
  on: (who, label) => who.with(label.who, label.what === "in")
}

/** Three processes and a gate that each looks at before it goes in. `first` may name a process that needs not look. */
const gate = (options: { readonly hasty?: number; readonly rename?: boolean } = {}): System<Label> => {
  const places = [0, 1, 2].map((who) => register<"out" | "looked" | "in">(`place of ${who}`, "out"))
  const taken = register<number | null>("taken by", null)
  const rules = places.flatMap((place, who): ReadonlyArray<Rule<Label>> => {
    const common = { actor: `process ${who}`, fair: "weak" } as const
    return [
      rule(`look ${who}`, { ...common, reads: [place, taken] }, (at, by) =>
        at === "out" && (by === null || options.hasty === who) ? [{ labels: [], writes: [write(place, "looked")] }] : []
      ),
      rule(`enter ${who}`, { ...common, reads: [place] }, (at) =>
        at === "looked" ? [{ labels: [{ who, what: "in" }], writes: [write(place, "in"), write(taken, who)] }] : []
      ),
      rule(`leave ${who}`, { ...common, reads: [place] }, (at) =>
        at === "in" ? [{ labels: [{ who, what: "out" }], writes: [write(place, "out"), write(taken, null)] }] : []
      )
    ]
  })
  const renameTaken = renaming(taken, (by, to) => (by === null ? null : to[by]!))
  const renameInside = renaming(inside, (who, to) => moved(who, to))
  return {
    name: "gate",
    cells: [taken, ...places],
    rules,
    laws: [
      history("G-S1", {
        sentence: "Nobody goes in while somebody is inside.",
        source: "this test",
        follows: inside,
        breaks: (before, { what, who }) =>
          what === "in" && before.includes(true) ? `${who} goes in to ${before.indexOf(true)}` : undefined
      }),
      always("G-S2", {
        sentence: "Not all three are inside.",
        source: "this test",
        observes: ["0", "1", "2"],
        breaks: (...at) => (at.every((one) => one === "in") ? "all three are in" : undefined)
      }),
      sometimes("G-R1", {
        sentence: "Somebody leaves while another stays.",
        source: "this test",
        follows: inside,
        happens: (_, { what }, now) => what === "out" && now.includes(true)
      }),
      leadsTo("G-L1", {
        sentence: "Whoever is inside leaves.",
        source: "this test",
        given: [],
        follows: inside,
        pending: (who) => (who.includes(true) ? "somebody is inside" : undefined)
      })
    ],
    observables: Object.fromEntries(places.map((place, who) => [`${who}`, place])),
    symmetry: {
      of: "processes",
      size: 3,
      families: [places],
      renamings: options.rename === false ? [renameInside] : [renameTaken, renameInside]
    }
  }
}

describe("permutations", () => {
  it("compose, and undo each other", () => {
    const anyPermutation: fc.Arbitrary<Permutation> = fc.shuffledSubarray([...identity(5)], { minLength: 5 })
    fc.assert(
      fc.property(anyPermutation, anyPermutation, (p, q) => {
        const list = ["a", "b", "c", "d", "e"]
        expect(moved(moved(list, p), inverse(p))).toEqual(list)
        expect(moved(moved(list, p), q)).toEqual(moved(list, after(q, p)))
      })
    )
  })
})

describe("exploring orbits", () => {
  it.each([2, 3, 4])("reaches exactly the orbits of two-phase commit with %i managers", (count) => {
    expect(exploreOrbits(twoPhaseCommit(count)).counts.distinct).toBe(orbitsOfCommit(count))
  })

  it("reaches exactly the orbits of two-phase commit with 5 managers, where not every permutation is tried", () => {
    const exploration = exploreOrbits(twoPhaseCommit(5))
    expect(exploration.counts.distinct).toBe(orbitsOfCommit(5))
    expect(exploration.counts.depth).toBe(explore(twoPhaseCommit(5)).counts.depth)
  })

  it("grows with the number of orbits, not of states: 10 managers", () => {
    const { counts, complete } = exploreOrbits(twoPhaseCommit(10))
    expect(complete).toBe(true)
    expect(counts).toEqual({ distinct: 3_300, generated: 43_298, depth: 31 })
  })

  it("comes to the same verdicts, lengths and depth as exploring everything, liveness aside", () => {
    for (const system of [gate(), twoPhaseCommit(3), twoPhaseCommit(4)] as ReadonlyArray<System<unknown>>) {
      const all = explore(system)
      const orbits = exploreOrbits(system)
      expect(orbits.counts.depth).toBe(all.counts.depth)
      expect(orbits.counts.distinct).toBeLessThan(all.counts.distinct)
      for (const [k, { id, verdict, length, modality }] of all.laws.entries()) {
        if (modality === "leadsTo") expect(orbits.laws[k]).toEqual({ id, modality, verdict: "unknown" })
        else expect(orbits.laws[k]).toMatchObject({ id, verdict, ...(length === undefined ? {} : { length }) })
      }
    }
  })

  it("halves session fencing with 2 replicas, but for the states that are their own twins", () => {
    const scope = { replicas: 2, sessions: 1 }
    const system = sessionFencing(scope)
    const [coordinator, first, second] = system.cells
    const alike = everyState(simulate(system), (run) => {
      const [acked, one, other] = [coordinator, first, second].map((cell) => run.cellValue(cell as never))
      const [was, is] = (acked as { readonly acked: ReadonlyArray<boolean> }).acked
      return JSON.stringify(one) === JSON.stringify(other) && was === is
    }).filter(Boolean).length
    expect(exploreOrbits(system).counts).toMatchObject({ distinct: (45_517 + alike) / 2, depth: 30 })
  })

  it("tells stories with concrete names that replay", () => {
    let told = 0
    const forgetful = sessionFencing({ replicas: 2, sessions: 1, barrierForgetsToWait: true })
    for (const system of [gate(), twoPhaseCommit(4), twoPhaseCommit(6), forgetful] as ReadonlyArray<System<unknown>>) {
      for (const { id, verdict, why, story } of exploreOrbits(system).laws) {
        if (story === undefined) continue
        told++
        const { possible, broken, witnessed } = replay(system, story)
        expect(possible).toBe(true)
        if (verdict === "witnessed") expect(witnessed).toContain(id)
        else expect(broken).toContainEqual({ law: id, why })
      }
    }
    expect(told).toBe(3 + 2 + 2 + 1)
  })
})

describe("symmetry is refused", () => {
  it("where a law names a particular index", () => {
    const system = gate()
    const particular = always("G-S9", {
      sentence: "Process 0 stays outside.",
      source: "this test",
      observes: ["0"],
      breaks: (at) => (at === "in" ? "0 is in" : undefined)
    })
    expect(() => exploreOrbits({ ...system, laws: [...system.laws, particular] })).toThrowErrorMatchingInlineSnapshot(
      `[NotSymmetric: system gate changes when processes 0 and 1 are exchanged: law G-S9 names a particular one of them, for it speaks of a state and not of its twin]`
    )
  })

  it("where a law's memory names a particular index", () => {
    const zero: Memory<boolean, Label> = {
      name: "zero is inside",
      init: false,
      on: (now, { who, what }) => (who === 0 ? what === "in" : now)
    }
    const system = gate()
    const particular = leadsTo("G-L9", {
      sentence: "Process 0 leaves.",
      source: "this test",
      given: [],
      follows: zero,
      pending: (now) => (now ? "0 is inside" : undefined)
    })
    expect(() => exploreOrbits({ ...system, laws: [...system.laws, particular] })).toThrowErrorMatchingInlineSnapshot(
      `[NotSymmetric: system gate changes when processes 0 and 1 are exchanged: memory zero is inside, which G-L9 follows, names a particular one of them, or lacks a renaming]`
    )
  })

  it("where a rule treats one index otherwise", () => {
    expect(() => exploreOrbits(gate({ hasty: 1 }))).toThrowErrorMatchingInlineSnapshot(
      `[NotSymmetric: system gate changes when processes 0 and 1 are exchanged: a rule names a particular one of them]`
    )
  })

  it("where a cell names indices and has no renaming", () => {
    expect(() => exploreOrbits(gate({ rename: false }))).toThrowErrorMatchingInlineSnapshot(
      `[NotSymmetric: system gate changes when processes 1 and 2 are exchanged: cell taken by names a particular one of them, or lacks a renaming]`
    )
  })

  it("where the system does not say what is interchangeable", () => {
    const { symmetry: _, ...system } = gate()
    expect(() => exploreOrbits(system)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system gate does not say what is interchangeable in it]`
    )
  })
})
