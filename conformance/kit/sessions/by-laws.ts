/**
 * Whether a registry obeys the laws, whatever its design: random walks of an environment that knows no model, judged by
 * history laws alone.
 */
import { Schema } from "effect"
import { chance } from "../../../model/explorer/random.ts"
import { type Hands, inputsOf, type RegistryBounds } from "../../../model/sessions/registry/registry-alone.ts"
import type { HistoryLaw } from "../../../spec/law.ts"
import { roll } from "../../../spec/sessions/registry/follow.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { RegistryInput } from "../../../spec/sessions/registry/messages.ts"
import type { Roll } from "../../../spec/sessions/registry/roll.ts"
import { type BrokenLaw, historyLaws } from "../law-memories.ts"
import { minimize, type Shown } from "../minimize.ts"
import type { Step } from "../part.ts"
import { isDied, isStrange } from "../role-under-test.ts"
import { type RegistryAdapter, registryPart } from "./registry-part.ts"

export interface Walks {
  readonly seed: number
  readonly runs: number
  /** The longest walk; it ends where a law is broken. */
  readonly maxSteps: number
  readonly bounds: RegistryBounds
}

/** A law that a registry breaks, with a story in which no step can be left out. */
export interface LawStory extends BrokenLaw {
  readonly story: ReadonlyArray<RegistryInput>
}

const laws: ReadonlyArray<HistoryLaw<RegistryLabel>> = historyLaws(registryLaws)

/** Every law that some walk breaks, in the order in which they are first seen broken. */
export const lawsBroken = async (adapter: RegistryAdapter, walks: Walks): Promise<ReadonlyArray<LawStory>> => {
  const found = new Map<string, Shown<BrokenLaw>>()
  for (let run = 0; run < walks.runs; run++) {
    const draw = chance(walks.seed, run)
    const walked = await walk(adapter, walks.maxSteps, ({ hands }) => {
      const kinds = walks.bounds.asks
        .map((kind) => inputsOf(kind, hands, walks.bounds))
        .filter(({ length }) => length > 0)
      const inputs = kinds[draw(kinds.length)]!
      return inputs[draw(inputs.length)]!
    })
    for (const broken of walked.broken)
      if (!found.has(broken.law)) found.set(broken.law, { steps: walked.taken.map(asStep), shows: broken })
  }
  const stories: Array<LawStory> = []
  for (const shown of found.values()) stories.push(await shortest(adapter, shown))
  return stories
}

interface Walked {
  readonly taken: ReadonlyArray<RegistryInput>
  /** What the last input broke. */
  readonly broken: ReadonlyArray<BrokenLaw>
}

interface Standing {
  readonly hands: Hands
  readonly step: number
}

/** Asks what `next` says until a law is broken or there is nothing left to ask. */
const walk = async (
  adapter: RegistryAdapter,
  maxSteps: number,
  next: (at: Standing) => RegistryInput | undefined
): Promise<Walked> => {
  const session = await adapter.start()
  const taken: Array<RegistryInput> = []
  let broken: ReadonlyArray<BrokenLaw> = []
  let known: Roll = roll.init
  for (let step = 0; step < maxSteps && broken.length === 0; step++) {
    const input = next({ hands: handsOf(known), step })
    if (input === undefined) continue
    taken.push(input)
    const { outputs } = await session.input(input)
    const label: RegistryLabel = {
      _tag: "RegistryStep",
      input,
      outputs: outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
    }
    const before = known
    known = roll.on(before, label)
    broken = laws.flatMap((law) => {
      const why = law.breaks(before, label, known)
      return why === undefined ? [] : [{ law: law.id, why }]
    })
  }
  await session.stop()
  return { taken, broken }
}

/** What an environment holds that has seen no more than the laws have. */
export const handsOf = ({ guards, drains }: Roll): Hands => ({
  guards: guards.map(({ guard }) => guard),
  subscribed: guards.filter(({ subscribed }) => subscribed).map(({ guard }) => guard),
  drains: drains.map(({ drain }) => drain)
})

const asStep = (choice: RegistryInput): Step => ({ rule: choice._tag, choice })

const decode = Schema.decodeUnknownSync(RegistryInput)
const inputOf = ({ choice }: Step): RegistryInput => decode(choice)

const shortest = async (adapter: RegistryAdapter, found: Shown<BrokenLaw>): Promise<LawStory> => {
  const attempt = async (steps: ReadonlyArray<Step>): Promise<Shown<BrokenLaw> | undefined> => {
    const inputs = steps.map(inputOf)
    const { taken, broken } = await walk(adapter, inputs.length, ({ hands, step }) =>
      isSensible(inputs[step]!, hands) ? inputs[step] : undefined
    )
    const shows = broken.find(({ law }) => law === found.shows.law)
    return shows === undefined ? undefined : { steps: taken.map(asStep), shows }
  }
  const { steps, shows } = await minimize(found, attempt, registryPart.simpler)
  return { ...shows, story: steps.map(inputOf) }
}

/** Whether whoever has these things in hand can ask this: it uses what it holds, and names what is new anew. */
export const isSensible = (input: RegistryInput, { guards, subscribed, drains }: Hands): boolean => {
  switch (input._tag) {
    case "Create":
    case "CloseAllExcept":
      return true
    case "Enter":
      return !guards.includes(input.guard)
    case "Check":
    case "Release":
      return guards.includes(input.guard)
    case "Copy":
      return guards.includes(input.guard) && !guards.includes(input.copy)
    case "Move":
      return guards.includes(input.guard) && !guards.includes(input.to)
    case "Subscribe":
      return guards.includes(input.guard) && !subscribed.includes(input.guard)
    case "Drain":
      return !drains.includes(input.drain)
  }
}
