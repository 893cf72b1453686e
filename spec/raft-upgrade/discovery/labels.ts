/** What a step of a node that looks for group 0 looks like from outside. */
import { Schema } from "effect"
import { DiscoveryInput, DiscoveryOutput } from "./messages.ts"

/** What a step of a node that looks for group 0 looks like from outside. */
export const DiscoveryLabel = Schema.TaggedUnion({
  /** The node took one input; `outputs` is all that came of it until it waited for the next, in order. */
  DiscoveryStep: { input: DiscoveryInput, outputs: Schema.Array(DiscoveryOutput) }
})
export type DiscoveryLabel = typeof DiscoveryLabel.Type
