// Goal: what was learned of a simulation is what is simulated, and nothing is made of nonsense. Method: serve both kinds.
import { Schema } from "effect"
import { expect, test } from "vitest"
import { explore } from "../../../model/index.ts"
import { register, write } from "../../../model/kernel/cell.ts"
import { rulesOf, type System } from "../../../model/kernel/system.ts"
import { history, type Law, leadsTo, nothing } from "../../../spec/law.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { patient } from "../altered.test-support.ts"
import { Line } from "../line.ts"
import { type Served, serve } from "../serve.ts"
import { learn } from "./learn.ts"
import { simulated } from "./serve-simulation.ts"

const Tick = Schema.TaggedUnion({ Tick: { at: Schema.Int } })
type Tick = typeof Tick.Type

/** A clock with so many hours that goes round, and may stop at twelve. */
const clock = (hours: number): System<Tick> => {
  const hour = register("hour", 0)
  const on = rulesOf<Tick>()
  return {
    name: "clock",
    cells: [hour],
    rules: [
      on("ticks", { actor: "clock", fair: "weak", reads: [hour] }, (at) =>
        at < 0 ? [] : [{ labels: [{ _tag: "Tick", at }], writes: [write(hour, (at + 1) % hours)] }]
      ),
      on("stops", { actor: "owner", fair: "none", reads: [hour] }, (at) =>
        at === 12 ? [{ labels: [], writes: [write(hour, -1)] }] : []
      )
    ],
    laws: [],
    observables: {}
  }
}

const early: Law<Tick> = history("C-1", {
  sentence: "It is never four.",
  source: "ours",
  follows: nothing,
  breaks: (_, { at }) => (at === 4 ? "it is four" : undefined)
})
const round: Law<Tick> = leadsTo("C-2", {
  sentence: "It comes round.",
  source: "ours",
  given: [],
  follows: { name: "away", init: false, on: (_, { at }) => at !== 0 },
  pending: (away) => (away ? "it is away" : undefined)
})
const laws = [early, round]

const lineTo = (served: Served): Line =>
  new Line(memoryDialer("simulation", serve([served])), { version: "test", specs: [], budgets: patient })

const clocks = simulated("test/simulation", "clocks", Tick, ({ hours }) => clock(Number(hours)))
const learned = (hours: number, mostStates = 1_000) =>
  learn(lineTo(clocks), { role: "test/simulation", label: Tick, config: { hours }, seed: 1, mostStates })

const told = (system: System<Tick>) =>
  explore(system).laws.map(({ id, verdict, length, why }) => ({ id, verdict, length, why }))

test("kit: simulation: laws say of it what they say of the system itself, those about waiting as well", async () => {
  const all = await learned(24)
  expect([all.whole, all.states, all.steps]).toEqual([true, 25, 25])
  expect(told(all.judgedBy(laws))).toEqual(told({ ...clock(24), laws }))
  expect(told(all.judgedBy(laws)).map(({ verdict }) => verdict)).toEqual(["violated", "violated"])
})

test("kit: simulation: where not all of it was seen, nothing is said of waiting", async () => {
  const some = await learned(5_000, 300)
  expect(some.whole).toBe(false)
  expect(told(some.judgedBy(laws)).map(({ id }) => id)).toEqual(["C-1"])
})

const nonsense: ReadonlyArray<readonly [what: string, outputs: ReadonlyArray<unknown>, complaint: RegExp]> = [
  ["a step of a rule that was never told of", [{ _tag: "Steps", steps: [[0, 0, 1]] }], /nobody was told of what step/],
  ["no answer for a state", [], /it was asked for 1 states and told of 0/],
  ["a word that is none", [{ _tag: "Stairs" }], /Stairs|Expected/]
]

test.each(nonsense)("kit: simulation: %s is the adapter's trouble", async (_, outputs, complaint) => {
  const served: Served = {
    role: "test/simulation",
    name: "nonsense",
    observes: [],
    start: async () => ({
      input: async (input) => ({ outputs: Object(input)._tag === "Rules" ? [] : outputs, dead: false }),
      observe: () => ({}),
      stop: () => undefined
    })
  }
  const learning = learn(lineTo(served), {
    role: "test/simulation",
    label: Tick,
    config: {},
    seed: 1,
    mostStates: 10
  })
  await expect(learning).rejects.toThrow(complaint)
})
