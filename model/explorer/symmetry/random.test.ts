/** Orbits of random systems that are symmetric by construction, against exploring everything and trying every renaming. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { always, history, type Memory } from "../../../spec/law.ts"
import { register, write } from "../../kernel/cell.ts"
import { moved, renaming } from "../../kernel/symmetry.ts"
import { type Rule, rulesOf, type System } from "../../kernel/system.ts"
import { explore } from "../explore.ts"
import { replay } from "../replay.ts"
import { simulate } from "../simulate.ts"
import { exploreOrbits } from "./explore-orbits.ts"
import { identity, orders } from "./permutations.ts"

interface Label {
  readonly who: number
  readonly kind: number
}

/** What a process does at a place, by whether it is the owner, another is, or nobody. */
interface Act {
  readonly place: number
  readonly owner: "keeps" | "takes" | "frees"
  readonly kind: number
}

const rule = rulesOf<Label>()
const places = 3

const kinds: Memory<number, Label> = { name: "kinds", init: 0, on: (sum, { kind }) => (sum + kind) % 3 }

/** Who acted last: a memory that names an index. */
const last: Memory<number | null, Label> = { name: "last", init: null, on: (_, { who }) => who }

const randomSystem = (size: number, table: ReadonlyArray<Act | null>): System<Label> => {
  const at = identity(size).map((who) => register(`place of ${who}`, 0))
  const owner = register<number | null>("owner", null)
  return {
    name: "random",
    cells: [owner, ...at],
    rules: at.map(
      (own, who): Rule<Label> =>
        rule(`act ${who}`, { actor: `process ${who}`, fair: "none", reads: [own, owner] }, (place, by) => {
          const act = table[place * 3 + (by === null ? 0 : by === who ? 1 : 2)]
          if (act === null || act === undefined) return []
          const after = act.owner === "keeps" ? by : act.owner === "takes" ? who : null
          return [{ labels: [{ who, kind: act.kind }], writes: [write(own, act.place), write(owner, after)] }]
        })
    ),
    laws: [
      history("S1", {
        sentence: "Kinds do not come round while the same process acts.",
        source: "",
        follows: kinds,
        breaks: (before, { kind }) => (before === 2 && kind === 2 ? "round" : undefined)
      }),
      history("S2", {
        sentence: "Nobody acts twice running with kind 1.",
        source: "",
        follows: last,
        breaks: (before, { who, kind }) => (before === who && kind === 1 ? `${who} again` : undefined)
      }),
      always("S3", {
        sentence: "Never all at the last place.",
        source: "",
        observes: at.map(({ name }) => name),
        breaks: (...all) => (all.every((place) => place === places - 1) ? "all there" : undefined)
      })
    ],
    observables: Object.fromEntries(at.map((cell) => [cell.name, cell])),
    symmetry: {
      of: "processes",
      size,
      families: [at],
      renamings: [
        renaming(
          owner,
          (by, to) => (by === null ? null : to[by]!),
          (by, who) => by === who
        ),
        renaming(
          last,
          (who, to) => (who === null ? null : to[who]!),
          (by, who) => by === who
        )
      ]
    }
  }
}

/** Orbits by trying every renaming of every state. */
const orbits = (system: System<Label>, size: number): number => {
  const run = simulate(system)
  const seen = new Map([[run.identity(), run.snapshot()]])
  const canonical = new Set<string>()
  for (const snapshot of seen.values()) {
    const [owner, ...at] = snapshot.cells as ReadonlyArray<number | null>
    const [kind, who] = snapshot.memories as ReadonlyArray<number | null>
    const renamed = orders(identity(size)).map((to) =>
      [owner === null ? "-" : to[owner!], moved(at, to), kind, who === null ? "-" : to[who!]].join()
    )
    canonical.add(renamed.sort()[0]!)
    run.restore(snapshot)
    for (const index of run.enabled().keys()) {
      run.restore(snapshot)
      run.take(index)
      if (!seen.has(run.identity())) seen.set(run.identity(), run.snapshot())
    }
  }
  return canonical.size
}

const anyAct = fc.option(
  fc.record({
    place: fc.nat(places - 1),
    owner: fc.constantFrom<Act["owner"]>("keeps", "takes", "frees"),
    kind: fc.nat(2)
  }),
  { freq: 4 }
)

describe("exploring orbits of random systems", () => {
  it.each([
    [2, 150],
    [3, 100],
    [5, 25]
  ])(
    "with %i interchangeable processes finds every orbit, the same verdicts, and stories that replay",
    (size, numRuns) => {
      fc.assert(
        fc.property(fc.array(anyAct, { minLength: 9, maxLength: 9 }), (table) => {
          const system = randomSystem(size, table)
          const all = explore(system)
          const found = exploreOrbits(system)
          expect(found.counts.distinct).toBe(orbits(system, size))
          expect(found.counts.depth).toBe(all.counts.depth)
          expect(found.deadEnds.length).toBe(all.deadEnds.length)
          for (const [k, { id, verdict, length, why, story }] of found.laws.entries()) {
            expect({ verdict, length }).toEqual({ verdict: all.laws[k]!.verdict, length: all.laws[k]!.length })
            if (story !== undefined) expect(replay(system, story).broken).toContainEqual({ law: id, why })
          }
        }),
        { numRuns }
      )
    }
  )
})
