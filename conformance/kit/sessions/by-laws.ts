/** The ground on which a registry is judged by its laws: an environment that knows no model, and asks what it can hold. */
import { type Hands, inputsOf, type RegistryBounds } from "../../../model/sessions/registry/registry-alone.ts"
import { roll } from "../../../spec/sessions/registry/follow.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import type { RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import type { Roll } from "../../../spec/sessions/registry/roll.ts"
import { type FreeEnvironment, type LawGround, type LawStory, type LawWalks, lawsBrokenBy } from "../law-walk.ts"
import { isDied, isStrange } from "../role-under-test.ts"
import { type RegistryAdapter, registryPart } from "./registry-part.ts"

export const registryLawGround = (
  bounds: RegistryBounds
): LawGround<RegistryLabel, RegistryInput, RegistryOutput, never> => ({
  part: registryPart,
  labels: (input, { outputs }) => [
    {
      _tag: "RegistryStep",
      input,
      outputs: outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
    }
  ],
  isLast: isDied,
  laws: registryLaws,
  environment: () => environment(bounds)
})

/** Walks of a registry that the laws alone judge: how large a world, how many walks, how long, and from which seed. */
export interface RegistryWalks extends LawWalks {
  readonly bounds: RegistryBounds
}

/** Every law that some walk breaks, in the order in which they are first seen broken. */
export const lawsBroken = (
  adapter: RegistryAdapter,
  { bounds, ...walks }: RegistryWalks
): Promise<ReadonlyArray<LawStory<RegistryLabel, RegistryInput>>> =>
  lawsBrokenBy(registryLawGround(bounds), () => adapter.start(), walks)

/** Asks what whoever holds these guards may ask, and knows of them what the laws know. */
const environment = (bounds: RegistryBounds): FreeEnvironment<RegistryLabel, RegistryInput> => {
  let known = roll.init
  return {
    next: (draw) => {
      const hands = handsOf(known)
      const kinds = bounds.asks.map((kind) => inputsOf(kind, hands, bounds)).filter(({ length }) => length > 0)
      const inputs = kinds[draw(kinds.length)]!
      return inputs[draw(inputs.length)]!
    },
    isSensible: (input) => isSensible(input, handsOf(known)),
    heard: (labels) => {
      for (const label of labels) known = roll.on(known, label)
    }
  }
}

/** What an environment holds that has seen no more than the laws have. */
const handsOf = ({ guards, drains }: Roll): Hands => ({
  guards: guards.map(({ guard }) => guard),
  subscribed: guards.filter(({ subscribed }) => subscribed).map(({ guard }) => guard),
  drains: drains.map(({ drain }) => drain)
})

/** Whether whoever has these things in hand can ask this: it uses what it holds, and names what is new anew. */
const isSensible = (input: RegistryInput, { guards, subscribed, drains }: Hands): boolean => {
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
