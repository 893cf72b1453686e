// Goal: a tour takes everything there is, and blames nobody for a choice. Method: tour doors that one can see through.
import { expect, test } from "vitest"
import { register, write } from "../../model/kernel/cell.ts"
import { rulesOf, type System } from "../../model/kernel/system.ts"
import type { Part } from "./part.ts"
import type { Adapter } from "./role-under-test.ts"
import { graphFor } from "./stage.ts"
import { tour } from "./tour.ts"

interface Pushed {
  readonly push: "left" | "right"
  readonly heard: ReadonlyArray<"click" | "clack">
}

/** A door with two leaves: a push to the left may open either, and a push to the right tells which is open. */
const leaf = register<"shut" | "one" | "other">("leaf", "shut")
const on = rulesOf<Pushed>()
const pushed = (push: Pushed["push"], ...heard: Pushed["heard"]): Pushed => ({ push, heard })
const system: System<Pushed> = {
  name: "door",
  cells: [leaf],
  rules: [
    on("left", { actor: "hand", fair: "none", reads: [leaf] }, (open) =>
      open === "shut"
        ? (["one", "other"] as const).map((opened) => ({ labels: [pushed("left")], writes: [write(leaf, opened)] }))
        : [{ labels: [pushed("left")], writes: [] }]
    ),
    on("right", { actor: "hand", fair: "none", reads: [leaf] }, (open) => [
      { labels: [pushed("right", open === "other" ? "clack" : "click")], writes: [write(leaf, "shut")] }
    ])
  ],
  laws: [],
  observables: {}
}

const part: Part<Pushed, Pushed["push"], "click" | "clack", never> = {
  protocol: "door",
  role: "door",
  internal: new Set(),
  weights: {},
  renumbered: new Set(),
  play: ([label]) => ({ input: label?.push, due: label?.heard ?? [], shown: undefined, begins: false, ends: false }),
  differs: ({ due }, { outputs }) => (due.join() === outputs.join() ? [] : ["noise"]),
  actual: (burst) => burst,
  choice: ([label]) => label?.push,
  simpler: () => [],
  tellInput: (push) => `push ${push}`,
  tellDue: ({ due }) => due,
  tellOutput: String,
  tellShown: String
}

/** What is heard of an open door, by how often it was opened. */
type Sound = (opened: number) => "click" | "clack"

const door = (sound: Sound): Adapter<Pushed["push"], "click" | "clack", never> => ({
  name: "door",
  way: "in process",
  role: "door",
  start: () => {
    let lefts = 0
    let opened = 0
    return {
      input: (push) => {
        if (push === "left") {
          if (lefts === 0) opened++
          lefts++
          return { outputs: [] }
        }
        const outputs = [lefts === 0 ? ("click" as const) : sound(opened)]
        lefts = 0
        return { outputs }
      },
      stop: () => undefined
    }
  }
})

const toured = (sound: Sound) => tour({ graph: graphFor(system, part), part, adapter: door(sound), maxInputs: 1_000 })

const doors: ReadonlyArray<readonly [leaf: string, sound: Sound]> = [
  ["the one", () => "click"],
  ["the other", () => "clack"],
  ["one after the other", (opened) => (opened % 2 === 0 ? "click" : "clack")]
]

test.each(doors)("kit: tour: a door that opens %s leaf takes every push in every set of states", async (_, sound) => {
  expect(await toured(sound)).toMatchObject({ complete: true, places: 2, transitions: 4 })
})

test("kit: tour: what no state explains is a divergence, with what any of them would have done", async () => {
  const silent = door(() => "click")
  const creaks: typeof silent = {
    ...silent,
    start: () => ({ input: (push) => ({ outputs: push === "left" ? ["click"] : [] }), stop: () => undefined })
  }
  const { divergence, complete } = await tour({ graph: graphFor(system, part), part, adapter: creaks })
  expect(complete).toBe(false)
  expect(divergence).toMatchObject({
    input: "push left",
    channels: ["noise"],
    told: { expected: [""], actual: ["click"] }
  })
})

test("kit: tour: somebody in another role is not sent on it", async () => {
  const stranger = { ...door(() => "click"), role: "window" }
  await expect(tour({ graph: graphFor(system, part), part, adapter: stranger })).rejects.toThrow("door plays window")
})
