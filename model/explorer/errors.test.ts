/** The messages that an author of a model reads. They are the product, so they are pinned in full. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { always, history, type Law, leadsTo, type Memory, nothing } from "../../spec/law.ts"
import { lossyMail } from "../examples/lossy-mail.ts"
import { budget, type Read, register, view, write } from "../kernel/cell.ts"
import { become, outcome, type Step } from "../kernel/role.ts"
import { type Rule, rulesOf, type System } from "../kernel/system.ts"
import { explore } from "./explore.ts"
import { simulate } from "./simulate.ts"

const rule = rulesOf<string>()
const said = { sentence: "", source: "" }
const count = register("count", 0)
const client = { actor: "client", fair: "none" } as const

const up: Rule<string> = rule("up", { ...client, reads: [count] }, (now) =>
  now < 3 ? [{ labels: [`now ${now + 1}`], writes: [write(count, now + 1)] }] : []
)

const system = (parts: Partial<System<string>>): System<string> => ({
  name: "sample",
  cells: [count],
  rules: [up],
  laws: [],
  observables: {},
  ...parts
})

const withLaw = (law: Law<string>): System<string> => system({ laws: [law] })

describe("explorer: errors in a model name what failed and tell the way to it", () => {
  it("a law that observes what the system does not show", () => {
    const law = always("S1", { ...said, observes: ["total"], breaks: () => undefined })
    expect(() => explore(withLaw(law))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system sample: law S1 observes total, but the system's observables are none]`
    )
    expect(() => simulate(system({ laws: [law], observables: { count } }))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system sample: law S1 observes total, but the system's observables are count]`
    )
  })

  it("a channel over its capacity", () => {
    const full = lossyMail({ letters: 3, losses: 0, capacity: 2, readerLooksAtNumbers: true })
    expect(() => explore(full)).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: cell mail threw RangeError: channel mail holds more than 2, while rule write fired, after this story:
      1. writer: write {"_tag":"Sent","letter":1}
      2. writer: write {"_tag":"Sent","letter":2}]
    `)
  })

  it("a budget overspent", () => {
    const faults = budget("faults", 1)
    const fail = rule("fail", { ...client, reads: [] }, () => [
      { labels: ["failed"], writes: [write(faults, "spend")] }
    ])
    expect(() => explore(system({ cells: [faults], rules: [fail] }))).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: cell faults threw RangeError: budget faults is spent, yet a rule spent it once more, while rule fail fired, after this story:
      1. client: fail "failed"]
    `)
  })

  it("a rule that throws", () => {
    const odd = rule("odd", { ...client, reads: [count] }, (now) => {
      if (now === 2) throw new Error("two is not odd")
      return []
    })
    expect(() => explore(system({ rules: [up, odd] }))).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: rule odd threw Error: two is not odd, after this story:
      1. client: up "now 1"
      2. client: up "now 2"]
    `)
  })

  it("a rule that changes what it reads", () => {
    const list = register<ReadonlyArray<number>>("list", [1])
    const grow = rule("grow", { ...client, reads: [list] }, (numbers) => {
      const mine = numbers as Array<number>
      mine.push(2)
      return [{ labels: [], writes: [write(list, mine)] }]
    })
    expect(() => explore(system({ cells: [list], rules: [grow] }))).toThrowErrorMatchingInlineSnapshot(
      `[ModelError: rule grow threw TypeError: Cannot add property 1, object is not extensible, in the initial state]`
    )
  })

  it("a rule that writes a cell of another system", () => {
    const foreign = register("foreign", 0)
    const reach = rule("reach", { ...client, reads: [] }, () => [{ labels: [], writes: [write(foreign, 1)] }])
    expect(() => explore(system({ rules: [reach] }))).toThrowErrorMatchingInlineSnapshot(
      `[ModelError: rule reach writes cell foreign, which the system does not have, in the initial state]`
    )
  })

  it("a rule that reads a cell of another system", () => {
    const foreign = register("foreign", 0)
    const look = rule("look", { ...client, reads: [foreign] }, () => [])
    expect(() => explore(system({ rules: [look] }))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system sample: rule look reads cell foreign, which is not among the system's cells]`
    )
  })

  it.each([
    ["a promise", Effect.promise(() => Promise.resolve({ state: 1, outputs: [] }))],
    ["a sync", Effect.sync(() => ({ state: 1, outputs: [] }))]
  ])("a role whose step is %s", (_, lazy) => {
    const step: Step<number, never, never> = lazy
    const act = rule("act", { ...client, reads: [count] }, (now) => {
      const next = outcome(now === 0 ? become(1) : step)
      return next._tag === "Became" ? [{ labels: ["acted"], writes: [write(count, next.next.state)] }] : []
    })
    expect(() => explore(system({ rules: [act] }))).toThrow(
      "rule act threw TypeError: a role's step must be eager: it may not suspend or need a service, after this story:\n" +
        '1. client: act "acted"'
    )
  })

  it("a law that throws", () => {
    const law = history<string, null>("S2", {
      ...said,
      follows: nothing,
      breaks: (_, label) => {
        if (label === "now 2") throw new Error("cannot judge")
        return undefined
      }
    })
    expect(() => explore(withLaw(law))).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: law S2 threw Error: cannot judge, while rule up fired, after this story:
      1. client: up "now 1"]
    `)
  })

  it("an always law that throws, at the state that it looked at", () => {
    const law = always("S3", {
      ...said,
      observes: ["count"],
      breaks: (now) => {
        if (now === 2) throw new Error("cannot judge")
        return undefined
      }
    })
    expect(() => explore(system({ laws: [law], observables: { count } }))).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: law S3 threw Error: cannot judge, after this story:
      1. client: up "now 1"
      2. client: up "now 2"]
    `)
  })

  it("a leadsTo law that throws, at the first state where it was asked so", () => {
    const last: Memory<string, string> = { name: "last", init: "", on: (_, label) => label }
    const law = leadsTo<string, string>("L1", {
      ...said,
      given: [],
      follows: last,
      pending: (label) => {
        if (label === "now 2") throw new Error("cannot wait")
        return undefined
      }
    })
    expect(() => explore(withLaw(law))).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: law L1 threw Error: cannot wait, after this story:
      1. client: up "now 1"
      2. client: up "now 2"]
    `)
  })

  it("a memory that throws", () => {
    const brittle: Memory<null, string> = {
      name: "brittle",
      init: null,
      on: () => {
        throw new Error("forgot")
      }
    }
    const law = history<string, null>("S4", { ...said, follows: brittle, breaks: () => undefined })
    expect(() => explore(withLaw(law))).toThrowErrorMatchingInlineSnapshot(
      `[ModelError: memory brittle threw Error: forgot, while rule up fired, in the initial state]`
    )
  })

  it("a view that throws", () => {
    const double = view(count, "double", (now) => {
      if (now === 1) throw new Error("cannot double")
      return 2 * now
    })
    const look = rule("look", { ...client, reads: [double] }, () => [])
    expect(() => explore(system({ rules: [up, look] }))).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: view double threw Error: cannot double, after this story:
      1. client: up "now 1"]
    `)
  })

  it("two views of one cell that share a name and differ", () => {
    const looks: ReadonlyArray<Read<number>> = [
      view(count, "size", (now) => now),
      view(count, "size", (now) => now + 1)
    ]
    const rules = looks.map((look, k) => rule(`look ${k}`, { ...client, reads: [look] }, () => []))
    expect(() => explore(system({ rules }))).toThrowErrorMatchingInlineSnapshot(
      `[ModelError: two views named size differ, in the initial state]`
    )
  })

  it.each([
    ["a number that is none", Number.NaN],
    ["a map", new Map()],
    ["a set inside an object", { all: new Set() }],
    ["undefined", undefined],
    ["a function inside an array", [() => 1]]
  ])("a value that JSON cannot tell apart: %s", (_, value) => {
    const strange = register<unknown>("strange", 0)
    const act = rule("act", { ...client, reads: [] }, () => [{ labels: [], writes: [write(strange, value)] }])
    expect(() => explore(system({ cells: [strange], rules: [act] }))).toThrow(/strange.* is not plain data/)
  })

  it("two cells of one name, and two laws of one id", () => {
    const law = always("S1", { ...said, observes: [], breaks: () => undefined })
    expect(() => explore(system({ cells: [count, register("count", 1)] }))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system sample: two cells are named count]`
    )
    expect(() => explore(system({ laws: [law, law] }))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: system sample: two laws have the id S1]`
    )
  })

  it("the same errors in a simulation, after the steps taken", () => {
    const full = simulate(lossyMail({ letters: 3, losses: 0, capacity: 1, readerLooksAtNumbers: true }))
    full.take(0)
    expect(() => full.take(0)).toThrowErrorMatchingInlineSnapshot(`
      [ModelError: cell mail threw RangeError: channel mail holds more than 1, while rule write fired, after this story:
      1. writer: write {"_tag":"Sent","letter":1}]
    `)
  })
})
