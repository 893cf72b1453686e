/** The session registry of one shard, for adapters in any language. */
import { inputsOf } from "../../../model/sessions/registry/registry-alone.ts"
import {
  asShipped,
  inCreationOrder,
  type RegistryVariant,
  reference
} from "../../../model/sessions/registry/variants.ts"
import { roll } from "../../../spec/sessions/registry/follow.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { isDied, isStrange } from "../../kit/role-under-test.ts"
import { handsOf, isSensible } from "../../kit/sessions/by-laws.ts"
import { bounded, quiet, registryGraph, roomy } from "../../kit/sessions/registry-ground.ts"
import { registryPart } from "../../kit/sessions/registry-part.ts"
import type { FreeEnvironment, RemoteRole, RemoteVariant } from "../remote-role.ts"

type Registry = RemoteRole<RegistryLabel, RegistryInput, RegistryOutput, never>

/** Where any order is allowed there are many more sets of states, so a tour asks for less. */
const variant = (
  name: string,
  design: RegistryVariant
): RemoteVariant<RegistryLabel, RegistryInput, RegistryOutput, never> => ({
  name,
  roomy: () => registryGraph(design, roomy),
  bounded: () => registryGraph(design, design.closeMeets === "anyOrder" ? quiet : bounded)
})

/** Asks what whoever holds these guards may ask, and knows of them what the laws know. */
const environment = (): FreeEnvironment<RegistryLabel, RegistryInput> => {
  let known = roll.init
  return {
    next: (draw) => {
      const hands = handsOf(known)
      const kinds = bounded.asks.map((kind) => inputsOf(kind, hands, bounded)).filter(({ length }) => length > 0)
      const inputs = kinds[draw(kinds.length)]!
      return inputs[draw(inputs.length)]!
    },
    isSensible: (input) => isSensible(input, handsOf(known)),
    heard: (labels) => {
      for (const label of labels) known = roll.on(known, label)
    }
  }
}

export const sessionRegistryRole: Registry = {
  role: registryPart.role,
  input: RegistryInput,
  output: RegistryOutput,
  shown: undefined,
  part: registryPart,
  labels: (input, { outputs }) => [
    {
      _tag: "RegistryStep",
      input,
      outputs: outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
    }
  ],
  isLast: isDied,
  mayDie: false,
  laws: registryLaws,
  environment,
  variants: [
    variant("reference", reference),
    variant("asShipped", asShipped),
    variant("inCreationOrder", inCreationOrder)
  ]
}
