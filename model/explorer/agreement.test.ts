/** The explorer against the one without ideas, on random systems and on the examples. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { always, history, type Law, leadsTo, type Memory, sometimes, step } from "../../spec/law.ts"
import { lossyMail } from "../examples/lossy-mail.ts"
import { mutex } from "../examples/mutex.ts"
import { sessionFencing } from "../examples/session-fencing.ts"
import { tokenRing } from "../examples/token-ring.ts"
import { twoPhaseCommit } from "../examples/two-phase-commit.ts"
import { type Cell, type Read, view, write } from "../kernel/cell.ts"
import type { Fairness, Rule, System } from "../kernel/system.ts"
import type { Exploration } from "./exploration.ts"
import { explore } from "./explore.ts"
import { exploreNaively } from "./naive.ts"
import { replay } from "./replay.ts"

const verdictsOf = <L>({ counts, deadEnds, laws }: Exploration<L>) => ({
  counts,
  deadEnds: deadEnds.states,
  laws: laws.map(({ id, verdict, length }) => ({ id, verdict, ...(length === undefined ? {} : { length }) }))
})

/** Every story must be possible on plain values, and end with what it was told for. */
const expectStoriesToReplay = <L>(system: System<L>, { laws }: Exploration<L>): void => {
  for (const { id, modality, verdict, length, why, story, lasso } of laws) {
    if (story === undefined) continue
    expect(lasso ?? story.length).toBe(length)
    const { possible, broken, witnessed, pending } = replay(system, story)
    expect(possible).toBe(true)
    if (verdict === "witnessed") expect(witnessed).toContain(id)
    else if (modality === "leadsTo") {
      const stem = replay(system, story.slice(0, length))
      expect(stem.pending).toContainEqual({ law: id, why })
      expect(pending.map(({ law }) => law)).toContain(id)
    } else expect(broken).toContainEqual({ law: id, why })
  }
}

/** By code written out for the system from the first state on: all that is found must be the same. */
const writtenOut = { writtenOutFrom: 0 }

type Label = "a" | "b" | "c"
type Counter = Cell<number, number>

const modulus = 3
const names = ["w", "x", "y", "z"]
const counter = (name: string): Counter => ({ name, init: 0, apply: (value, add) => (value + add) % modulus })

/** How often `a` was seen, modulo three, and the label seen last. */
const memories: ReadonlyArray<Memory<unknown, Label>> = [
  { name: "count of a", init: 0, on: (count, label) => (label === "a" ? ((count as number) + 1) % modulus : count) },
  { name: "last", init: "none", on: (_, label) => label }
]

const anyLabel = fc.constantFrom<Label>("a", "b", "c")
const anyWrite = fc.record({ cell: fc.nat(3), add: fc.integer({ min: 1, max: modulus - 1 }) })
const anyFiring = fc.record({
  labels: fc.array(anyLabel, { maxLength: 3 }),
  writes: fc.array(anyWrite, { maxLength: 3 })
})
const anyRule = fc.record({
  /** A cell, and whether only its parity is read. */
  reads: fc.array(fc.tuple(fc.nat(3), fc.boolean()), { maxLength: 3 }),
  fair: fc.constantFrom<Fairness>("none", "weak", "strong"),
  table: fc.array(fc.array(anyFiring, { maxLength: 2 }), { minLength: 1, maxLength: 5 })
})
const anyLaw = fc.record({
  modality: fc.constantFrom("history", "always", "step", "sometimes", "leadsTo"),
  memory: fc.nat(1),
  label: anyLabel,
  value: fc.nat(modulus - 1),
  observes: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 })
})
interface LawDraw {
  readonly modality: string
  readonly memory: number
  readonly label: Label
  readonly value: number
  readonly observes: ReadonlyArray<number>
}

const total = (values: ReadonlyArray<unknown>): number =>
  (values as ReadonlyArray<number>).reduce((sum, value) => sum + value, 0)

const lawOf = ({ modality, memory, label, value, observes }: LawDraw, index: number): Law<Label> => {
  const id = `L${index}`
  const follows = memories[memory]!
  const watched = memory === 0 ? value : label
  const observed = observes.map((cell) => names[cell]!)
  const said = { sentence: "", source: "" }
  switch (modality) {
    case "history":
      return history<Label, unknown>(id, {
        ...said,
        follows,
        breaks: (before, seen, after) =>
          before === watched && seen === label ? `${before} ${seen} ${after}` : undefined
      })
    case "sometimes":
      return sometimes<Label, unknown>(id, {
        ...said,
        follows,
        happens: (_, seen, after) => after === watched && seen === label
      })
    case "leadsTo":
      return leadsTo<Label, unknown>(id, {
        ...said,
        given: [],
        follows,
        pending: (now) => (now === watched ? "waits" : undefined)
      })
    case "always":
      return always(id, {
        ...said,
        observes: observed,
        breaks: (...values) => (total(values) === 2 * observed.length ? `all at the top` : undefined)
      })
    default:
      return step<Label>(id, {
        ...said,
        observes: observed,
        breaks: (before, seen, after) =>
          seen !== label && total(after) === total(before) + value ? `${before} ${seen} ${after}` : undefined
      })
  }
}

/** Rules made of random tables over four counters modulo three, with laws of every modality over two memories. */
const anySystem = fc
  .record({
    rules: fc.array(anyRule, { minLength: 1, maxLength: 5 }),
    laws: fc.array(anyLaw, { maxLength: 6 })
  })
  .map(({ rules, laws }): System<Label> => {
    const cells = names.map(counter)
    const parities = cells.map((cell) => view(cell, "parity", (value) => value % 2))
    return {
      name: "random",
      cells,
      rules: rules.map(
        ({ reads, fair, table }, index): Rule<Label> => ({
          name: `rule ${index}`,
          actor: "someone",
          fair,
          reads: reads.map(([cell, parity]): Read<unknown> => (parity ? parities[cell]! : cells[cell]!)),
          fire: (...values) => {
            const key = (values as ReadonlyArray<number>).reduce((sum, value) => sum * 2 + value, 0)
            return table[key % table.length]!.map(({ labels, writes }) => ({
              labels,
              writes: writes.map(({ cell, add }) => write(cells[cell]!, add))
            }))
          }
        })
      ),
      laws: laws.map(lawOf),
      observables: Object.fromEntries(cells.map((cell) => [cell.name, cell]))
    }
  })

describe("explorer", () => {
  it("agrees with the naive explorer on counts, verdicts and lengths of random systems, and its stories replay", () => {
    fc.assert(
      fc.property(anySystem, (system) => {
        const exploration = explore(system)
        expect(verdictsOf(exploration)).toEqual(exploreNaively(system))
        expectStoriesToReplay(system, exploration)
        expect(explore(system, writtenOut)).toEqual(exploration)
      }),
      { numRuns: 300 }
    )
  })

  const examples: ReadonlyArray<System<unknown>> = [
    twoPhaseCommit(3),
    tokenRing(3),
    tokenRing(3, "none"),
    lossyMail({ letters: 3, losses: 1, capacity: 3, readerLooksAtNumbers: false }),
    lossyMail({ letters: 4, losses: 0, capacity: 4, readerLooksAtNumbers: true }),
    mutex(false),
    mutex(true),
    sessionFencing({ replicas: 1, sessions: 2 }),
    sessionFencing({ replicas: 1, sessions: 2, barrierForgetsToWait: true })
  ].map((system) => system as System<unknown>)

  it.each(examples.map((system) => [system.name, system] as const))(
    "agrees with the naive explorer on %s, and its stories replay",
    (_, system) => {
      const exploration = explore(system)
      expect(verdictsOf(exploration)).toEqual(exploreNaively(system))
      expectStoriesToReplay(system, exploration)
      expect(explore(system, writtenOut)).toEqual(exploration)
    }
  )
})
