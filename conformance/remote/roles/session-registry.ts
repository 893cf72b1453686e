/** The session registry of one shard, for adapters in any language. */
import {
  asShipped,
  inCreationOrder,
  type RegistryVariant,
  reference
} from "../../../model/sessions/registry/variants.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import { RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { registryLawGround } from "../../kit/sessions/by-laws.ts"
import { bounded, quiet, registryGraph, roomy } from "../../kit/sessions/registry-ground.ts"
import { registryPart } from "../../kit/sessions/registry-part.ts"
import type { RemoteRole, RemoteVariant } from "../remote-role.ts"

type Registry = RemoteRole<RegistryLabel, RegistryInput, RegistryOutput, never>

/** Where any order is allowed there are many more sets of states, so a tour asks for less. */
const variant = (
  name: string,
  design: RegistryVariant
): RemoteVariant<RegistryLabel, RegistryInput, RegistryOutput, never> => ({
  name,
  walks: [() => registryGraph(design, roomy)],
  bounded: () => registryGraph(design, design.closeMeets === "anyOrder" ? quiet : bounded)
})

export const sessionRegistryRole: Registry = {
  role: registryPart.role,
  input: RegistryInput,
  output: RegistryOutput,
  shown: undefined,
  ...registryLawGround(bounded),
  part: registryPart,
  mayDie: false,
  variants: [
    variant("reference", reference),
    variant("asShipped", asShipped),
    variant("inCreationOrder", inCreationOrder)
  ],
  vectors: {
    paths: () => registryGraph(inCreationOrder, bounded),
    variant: "reference",
    told: () => registryGraph(reference, bounded)
  }
}
