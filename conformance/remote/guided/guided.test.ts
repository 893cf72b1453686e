// Goal: guidance changes what is asked and nothing else. Method: guided checks of right and of wrong implementations over a line.
import fc from "fast-check"
import { expect, test } from "vitest"
import { asShipped, reference } from "../../../model/dcp/variants.ts"
import { chance } from "../../../model/explorer/random.ts"
import { modelMade } from "../../kit/dcp/model-made.test-support.ts"
import { casts, type Played } from "../../museum/line/roles.ts"
import { registryAdapter } from "../../museum/sessions/registry-adapter.ts"
import type { Capabilities } from "../../protocol/capabilities.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { patient } from "../altered.test-support.ts"
import { Course, type Planned } from "../course.ts"
import { followVariants } from "../follow-variants.ts"
import { Line } from "../line.ts"
import type { RemoteRole } from "../remote-role.ts"
import { consumerConnectionRole } from "../roles/consumer-connection.ts"
import { sessionRegistryRole } from "../roles/session-registry.ts"
import { type Served, serve, served } from "../serve.ts"
import { TraceRunner } from "../trace-runner.ts"
import { Corpus } from "./corpus.ts"
import { Guide } from "./guide.ts"
import { Novelty } from "./novelty.ts"
import { SteeredWalks } from "./steered.ts"

interface Asked {
  readonly seed?: number
  readonly runs?: number
  readonly guided?: boolean
  readonly variant?: string
  readonly caps?: Capabilities
  readonly interrupted?: (walks: number) => boolean
}

/** Walks against an implementation behind a line, and all that went over it. */
const followed = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  subject: Served,
  { seed = 1, runs = 60, guided = true, variant, caps, interrupted = () => false }: Asked = {}
) => {
  const dialer = memoryDialer("served", caps === undefined ? serve([subject]) : serve([subject], caps))
  const line = new Line(dialer, { version: "test", specs: [], budgets: patient })
  const designs = role.variants
    .filter(({ name }) => variant === undefined || name === variant)
    .map(({ name, walks }) => ({ name, courses: walks.map((graph) => new Course(graph(), role.part)) }))
  const walks: Array<string> = []
  const findings = await followVariants(role, designs, new TraceRunner(line, role, seed), "it", {
    seed,
    runs,
    maxSteps: 60,
    guided,
    interrupted: () => interrupted(walks.length),
    onWalk: async ({ length }, { inputs, reactions }) => {
      walks.push(JSON.stringify([length, inputs, reactions.map(({ outputs }) => outputs)]))
    }
  })
  await line.hangUp()
  return { findings, walks }
}

const registry = served(sessionRegistryRole, registryAdapter())
const consumer = served(consumerConnectionRole, modelMade(reference))

test("kit: guided: the same seed asks the same and is answered the same, byte for byte", async () => {
  const [one, again, other] = [
    await followed(sessionRegistryRole, registry),
    await followed(sessionRegistryRole, registry),
    await followed(sessionRegistryRole, registry, { seed: 2 })
  ]
  expect(again.walks).toEqual(one.walks)
  expect(again.findings).toEqual(one.findings)
  expect(other.walks).not.toEqual(one.walks)
})

test("kit: guided: a registry that is right follows every design, as it does unguided", async () => {
  const { findings, walks } = await followed(sessionRegistryRole, registry, { runs: 150 })
  expect(findings.map(({ verdict }) => verdict)).toEqual(["pass", "pass", "pass"])
  expect(walks.length).toBe(150)
})

const designs = [
  ["reference", reference],
  ["asShipped", asShipped]
] as const

test.each(designs)("kit: guided: a connection made from %s follows that and nothing else", async (name, design) => {
  const made = served(consumerConnectionRole, modelMade(design))
  const { findings } = await followed(consumerConnectionRole, made, { runs: 200 })
  expect(findings.filter(({ verdict }) => verdict === "pass").map((one) => one.name)).toEqual([name])
})

/** One that parts from its model soon and late ones, of both roles. */
const mutants = [
  ["sessions", "M02"],
  ["sessions", "M05"],
  ["sessions", "M14"],
  ["dcp", "M15"],
  ["dcp", "M30"],
  ["dcp", "M40"]
] as const

test.each(mutants)("kit: guided: %s %s is told in a story as short as unguided", async (protocol, id) => {
  const cast = casts.find((one) => one.protocol === protocol && one.mutant.id === id)
  const [{ served: mutant }] = cast!.plays as [Played]
  const lengths = (guided: boolean) =>
    protocol === "dcp"
      ? lengthsOf(consumerConnectionRole, mutant, "reference", guided)
      : lengthsOf(sessionRegistryRole, mutant, "inCreationOrder", guided)
  const [unguided, guided] = [await lengths(false), await lengths(true)]
  expect(guided).toEqual(unguided)
})

/** The shortest of the stories that some seeds lead to: what is shown first is a matter of luck. */
const lengthsOf = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  mutant: Served,
  variant: string,
  guided: boolean
): Promise<number> => {
  const lengths: Array<number> = []
  for (const seed of [1, 2, 3, 4]) {
    const { findings } = await followed(role, mutant, { seed, runs: 2_000, guided, variant })
    expect(findings[0]?.verdict).toBe("fail")
    lengths.push(findings[0]?.divergence?.story.length ?? Number.NaN)
  }
  return Math.min(...lengths)
}

test("kit: guided: what is observed besides steers nothing: the same walks are asked of one that shows its state", async () => {
  const [silent, open] = [
    await followed(consumerConnectionRole, consumer, { caps: { batch: true }, variant: "reference" }),
    await followed(consumerConnectionRole, consumer, {
      caps: { batch: true, observe: ["partitions"] },
      variant: "reference"
    })
  ]
  expect(open.walks).toEqual(silent.walks)
  expect(open.findings).toEqual(silent.findings)
})

test("kit: guided: inputs one by one steer as whole sequences do", async () => {
  const [atOnce, oneByOne] = [
    await followed(sessionRegistryRole, registry, { caps: { batch: true }, runs: 30 }),
    await followed(sessionRegistryRole, registry, { caps: {}, runs: 30 })
  ]
  expect(oneByOne.walks).toEqual(atOnce.walks)
})

test("kit: guided: who is stopped takes no further walk", async () => {
  const { walks } = await followed(sessionRegistryRole, registry, { interrupted: (walks) => walks >= 7 })
  expect(walks.length).toBe(7)
})

test("kit: guided: sets of states are counted once, whatever laws remember of the way", () => {
  const course = new Course(sessionRegistryRole.variants.at(-1)!.walks[0]!(), sessionRegistryRole.part)
  const novelty = new Novelty(course)
  const draw = chance(1)
  const places = new Set<unknown>()
  for (let walk = 0; walk < 200; walk++) {
    let place = course.start
    course.planFrom(place, 20, () => {
      places.add(place)
      novelty.reached(place, "rule", "choice")
      const option = course.drawn(place, draw)
      if (option !== undefined) place = course.towards(option)
      return option
    })
  }
  expect(novelty.size).toBeLessThan(places.size)
  expect(novelty.times(novelty.states(course.start))).toBeGreaterThanOrEqual(200)
})

test("kit: guided: sets beyond the cap are not counted, and take no memory", () => {
  const course = new Course(sessionRegistryRole.variants.at(-1)!.walks[0]!(), sessionRegistryRole.part)
  const novelty = new Novelty(course, 10)
  const draw = chance(1)
  let place = course.start
  for (let step = 0; step < 100; step++) {
    novelty.reached(place, "rule", `choice ${step}`)
    place = course.towards(course.drawn(place, draw)!)
  }
  expect([novelty.size, novelty.choices.size]).toEqual([10, 10])
})

const storyOf = (length: number) => ({ plan: Array.from({ length }, planned), reactions: [] })
const planned = (_: unknown, at: number): Planned<string> => ({
  text: `${at}`,
  step: { rule: "asks", choice: at },
  input: `${at}`
})

test("kit: guided: the corpus holds so many stories and no more, and lets go of the oldest", () => {
  const corpus = new Corpus<string, never, never>(10)
  for (let at = 0; at < 100; at++) corpus.keep(`set ${at}`, storyOf(3))
  expect(corpus.size).toBe(10)
  expect(corpus.wants("set 89", 3)).toBe(true)
  expect(corpus.wants("set 90", 3)).toBe(false)
})

test("kit: guided: a shorter story to the same states takes the place of a longer one", () => {
  const corpus = new Corpus<string, never, never>()
  corpus.keep("set", storyOf(5))
  expect([corpus.wants("set", 5), corpus.wants("set", 4)]).toEqual([false, true])
  corpus.keep("set", storyOf(4))
  expect([corpus.size, corpus.rarest(chance(1), () => 0)?.plan.length]).toEqual([1, 4])
})

test("kit: guided: of two stories the one that leads where few have been is gone on with", () => {
  const corpus = new Corpus<string, never, never>()
  corpus.keep("often", storyOf(1))
  corpus.keep("seldom", storyOf(2))
  const draw = chance(1)
  const picked = Array.from({ length: 50 }, () => corpus.rarest(draw, (states) => (states === "often" ? 1_000 : 1)))
  // Two are drawn at once here, so three picks in four are expected; without a guide it were one in two.
  expect(picked.filter((story) => story?.plan.length === 2).length).toBeGreaterThan(33)
})

test("kit: guided: fast-check shrinks a walk by leaving steps out, and finds a pair that matters", () => {
  const walks = new SteeredWalks<string>(() => ({ environment: 0, plan: storyOf(40).plan }))
  const property = fc.property(walks, ({ plan }) => {
    const texts = plan.map(({ text }) => text)
    return !(texts.includes("7") && texts.includes("23"))
  })
  const { counterexample } = fc.check(property, { seed: 1 })
  expect(counterexample?.[0].plan.map(({ text }) => text)).toEqual(["7", "23"])
})

test("kit: guided: a guide that knows nothing yet begins anew", () => {
  const course = new Course(sessionRegistryRole.variants.at(-1)!.walks[0]!(), sessionRegistryRole.part)
  const plan = new Guide(course).plan(chance(1), 10)
  expect(plan.length).toBeGreaterThan(0)
  expect(plan.length).toBeLessThanOrEqual(10)
})
