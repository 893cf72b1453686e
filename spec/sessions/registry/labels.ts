/** What a step of a session registry looks like from outside. */
import { Schema } from "effect"
import { RegistryInput, RegistryOutput } from "./messages.ts"

/** What a step of a registry looks like from outside. */
export const RegistryLabel = Schema.TaggedUnion({
  /** The registry took one input; `outputs` is all that came of it before the next, in order. */
  RegistryStep: { input: RegistryInput, outputs: Schema.Array(RegistryOutput) }
})
export type RegistryLabel = typeof RegistryLabel.Type
