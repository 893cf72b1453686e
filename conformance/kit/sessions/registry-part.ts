/** The session registry as a part: one input and its outputs a step. It shows nothing of its state. */
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import type { RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part, Step } from "../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../role-under-test.ts"
import { describeRegistryInput, describeRegistryOutput } from "./registry-words.ts"

/** An adapter of a session registry. It has nothing to observe but its outputs. */
export type RegistryAdapter = Adapter<RegistryInput, RegistryOutput, never> & { readonly role: "sessions/registry" }

/** How the kit plays a session registry: what it is given of each label, what is due, and what is drawn how often. */
export const registryPart: Part<RegistryLabel, RegistryInput, RegistryOutput, never> = {
  protocol: "sessions",
  role: "sessions/registry",
  internal: new Set(),
  weights: { Move: 2, Subscribe: 3 },
  renumbered: new Set(["guard", "copy", "to", "drain"]),
  play: ([step]) => ({
    input: step?.input,
    due: step?.outputs ?? [],
    shown: undefined,
    begins: false,
    ends: false
  }),
  differs: (due, seen) => channelsThatDiffer(due, seen, placeOf),
  actual: (burst, seen) =>
    burst.map((labels) => labels.map((label) => ({ ...label, outputs: seen.outputs.flatMap(inWords) }))),
  choice: ([step]) => step?.input ?? null,
  simpler: (step) => keepingLess(step),
  tellInput: describeRegistryInput,
  tellDue: ({ due }) => due.map(describeRegistryOutput),
  tellOutput: (output) => tellSeen(output),
  tellShown: () => "shows nothing"
}

/** Calls of subscribers come in an order of their own, and so do the ends of drains. */
const placeOf = (output: RegistryOutput): OnChannel => {
  switch (output._tag) {
    case "Done":
    case "Refused":
      return { channel: "answers", items: [output] }
    case "Drained":
      return { channel: "drains", items: [output.drain] }
    case "Aborted":
      return { channel: "aborts", items: [output] }
  }
}

/** What was seen, in the spec's words where it has any. */
const inWords = (output: Seen<RegistryOutput>): ReadonlyArray<RegistryOutput> =>
  isDied(output) || isStrange(output) ? [] : [output]

const tellSeen = (output: Seen<RegistryOutput>): string => {
  if (isDied(output)) return "dead"
  return isStrange(output) ? `${output.channel}: ${output.what}` : describeRegistryOutput(output)
}

/** Simpler steps: a close that keeps fewer sessions. */
const keepingLess = ({ rule, choice }: Step): ReadonlyArray<Step> => {
  const { keep } = Object(choice) as { readonly keep?: unknown }
  if (!Array.isArray(keep)) return []
  return keep.map((_, at) => ({ rule, choice: { ...Object(choice), keep: keep.toSpliced(at, 1) } }))
}
