// Goal: a tour blames nobody for a choice that is free, and comes to an end whatever is left open. Method: tours of what is made from the model.
import { expect, test } from "vitest"
import type { RegistryBounds } from "../../model/sessions/registry/registry-alone.ts"
import { reference } from "../../model/sessions/registry/variants.ts"
import type { RegistryInput, RegistryOutput } from "../../spec/sessions/registry/messages.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import { same } from "../kit/same.ts"
import { quiet, registryGraph } from "../kit/sessions/registry-ground.ts"
import { AdapterTrouble } from "./adapter-trouble.ts"
import { sessionRegistryRole } from "./roles/session-registry.ts"
import { tourRemote } from "./tour-remote.ts"
import type { Transcript } from "./transcript.ts"

/** As few kinds of input as leave a choice: in which order what was entered is told of a close. */
const bounds: RegistryBounds = { ...quiet, asks: ["Create", "CloseAllExcept", "Enter", "Drain"] }
const graph = registryGraph(reference, bounds)

type Told = Reaction<RegistryOutput, never>

/** What may become of a reaction; `count` is how many inputs there were in all lives. */
type Change = (right: Told, input: RegistryInput, count: number) => Told

/** A registry made from the model, which takes of all that it may do what `choose` says, and knows no input that the model has not. */
class ModelMade {
  private readonly choose: (count: number) => number
  private readonly change: Change
  private count = 0

  constructor(choose: (count: number) => number, change: Change = (right) => right) {
    this.choose = choose
    this.change = change
  }

  async run(inputs: ReadonlyArray<RegistryInput>): Promise<Transcript<RegistryInput, RegistryOutput, never>> {
    const reactions: Array<Told> = []
    let node = graph.start()
    for (const input of inputs) {
      const moves = [...graph.rules.keys()]
        .flatMap((rule) => graph.moves(node, rule))
        .filter((move) => same(graph.play(move).input, input))
      if (moves.length === 0) return { inputs, reactions, hung: false, fault: troubleWith(input) }
      const move = moves[this.choose(++this.count) % moves.length]!
      const reaction = this.change({ outputs: graph.play(move).due }, input, this.count)
      reactions.push(reaction)
      if (reaction.doubt !== undefined) break
      node = graph.after(node, move).node
    }
    return { inputs, reactions, hung: false }
  }
}

const troubleWith = (input: RegistryInput): AdapterTrouble =>
  new AdapterTrouble("fault", `it knows no ${JSON.stringify(input)}`, {
    sent: [],
    received: [],
    log: [],
    ended: undefined
  })

const toured = (runner: ModelMade) =>
  tourRemote(sessionRegistryRole, graph, runner, "made from the model", { maxSteps: 60 })

const choices: ReadonlyArray<readonly [what: string, choose: (count: number) => number, complete: boolean]> = [
  ["always does the first thing", () => 0, true],
  ["always does the last thing", () => 0xffff_ffff, true],
  ["does each time something else", (count) => count, true]
]

test.each(choices)("kit: remote tour: one that %s is toured to the end and not blamed", async (_, choose, complete) => {
  const tour = await toured(new ModelMade(choose))
  expect(tour.divergence).toBeUndefined()
  expect(tour).toMatchObject({ complete, doubtful: false })
})

const open = (definite: boolean): Told => ({ outputs: [], doubt: { definite, late: false, why: "busy" } })

const doubts: ReadonlyArray<readonly [what: string, change: Change]> = [
  ["never knows of a close", (right, { _tag }) => (_tag.startsWith("Close") ? open(false) : right)],
  ["never takes a close", (right, { _tag }) => (_tag.startsWith("Close") ? open(true) : right)],
  ["knows of nothing", () => open(false)]
]

test.each(doubts)("kit: remote tour: one that %s comes to an end, and it is not complete", async (_, change) => {
  const tour = await toured(new ModelMade(() => 0, change))
  expect(tour).toMatchObject({ complete: false, doubtful: true })
  expect(tour.divergence).toBeUndefined()
  expect(tour.untried).toBeGreaterThan(0)
})

test("kit: remote tour: one that does not know of an input now and then is toured to the end", async () => {
  const change: Change = (right, _, count) => (count % 50 === 0 ? open(false) : right)
  expect(await toured(new ModelMade(() => 0, change))).toMatchObject({ complete: true, doubtful: true, untried: 0 })
})

test("kit: remote tour: who knows an input nowhere is at fault, for it was asked where it made sense", async () => {
  const runner = new ModelMade(() => 0)
  const run: typeof runner.run = async (inputs) => {
    const at = inputs.findIndex(({ _tag }) => _tag === "Create")
    const { reactions } = await runner.run(inputs.slice(0, at))
    return { inputs, reactions, hung: false, fault: troubleWith(inputs[at]!) }
  }
  await expect(tourRemote(sessionRegistryRole, graph, { run }, "faulty")).rejects.toThrow("it knows no")
})

test("kit: remote tour: what no choice explains is a difference, with its story", async () => {
  const refused: Told = { outputs: [{ _tag: "Refused", reason: "AbortRequested" }] }
  const tour = await toured(
    new ModelMade(
      (count) => count,
      (right, { _tag }) => (_tag === "Enter" ? refused : right)
    )
  )
  expect(tour.divergence?.input).toContain("enter")
})

test("kit: remote tour: a story is what was asked, not a shorter way that nobody has taken to the same place", async () => {
  const runner = new ModelMade(() => 0)
  const run: typeof runner.run = async (inputs) => {
    const { reactions, ...rest } = await runner.run(inputs)
    const tired = reactions.map((right, at): Told => (at === 12 ? { outputs: [] } : right))
    return { ...rest, reactions: tired }
  }
  const { divergence, steps } = await tourRemote(sessionRegistryRole, graph, { run }, "tired after twelve inputs")
  expect([divergence?.story.length, steps?.length]).toEqual([13, 13])
})
