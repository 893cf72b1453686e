/**
 * The topology coordinator as a part: it looks by itself whenever there is news, so a step is a burst of one thing that it is
 * told and of everything that it does then.
 *
 * Left out is when a repair was noted to have succeeded: ours does not note one that a dead replica took no part in, the model
 * does, for a node that is declared dead never comes back.
 */
import { CommandIndex } from "../../../../spec/sessions/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../../channels.ts"
import type { Part } from "../../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../../role-under-test.ts"
import { onlyTerm } from "./coordinator-alone.ts"
import {
  type CoordinatorAsked,
  type CoordinatorLabel,
  type CoordinatorSaid,
  type CoordinatorStep,
  describeAsked,
  describeSaid
} from "./coordinator-messages.ts"

export type CoordinatorAdapter = Adapter<CoordinatorAsked, CoordinatorSaid, never> & {
  readonly role: "sessions/coordinator"
}

export const coordinatorPart: Part<CoordinatorLabel, CoordinatorAsked, CoordinatorSaid, never> = {
  protocol: "sessions",
  role: "sessions/coordinator",
  internal: new Set(["coordinator looks", "coordinator fences"]),
  weights: { "a connection breaks": 1, "operator changes group 0": 2 },
  renumbered: new Set(["at", "index"]),
  play: (labels) => {
    const step = stepIn(labels)
    return { input: step?.input ?? undefined, due: step?.outputs ?? [], shown: undefined, begins: false, ends: false }
  },
  differs: (due, seen) => channelsThatDiffer({ ...due, due: due.due.map(unnoted) }, seen, placeOf),
  actual: (burst, seen) => burst.map((labels, at) => (at === 0 ? told(labels, seen.outputs) : [])),
  choice: (labels) => stepIn(labels)?.input ?? null,
  simpler: () => [],
  tellInput: describeAsked,
  tellDue: ({ due }) => due.map(describeSaid),
  tellOutput: (output) => tellSeen(output),
  tellShown: () => "shows nothing"
}

const isStep = (label: CoordinatorLabel): label is CoordinatorStep => label._tag === "CoordinatorStep"
const stepIn = (labels: ReadonlyArray<CoordinatorLabel>): CoordinatorStep | undefined => labels.find(isStep)

/**
 * What was seen of a burst, as its first step, with what others see of it. What nobody could see (which commit was effective) stays
 * as it was due.
 */
const told = (
  labels: ReadonlyArray<CoordinatorLabel>,
  outputs: ReadonlyArray<Seen<CoordinatorSaid>>
): ReadonlyArray<CoordinatorLabel> => {
  const said = outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
  return [
    ...labels.flatMap((label): ReadonlyArray<CoordinatorLabel> => {
      if (isStep(label)) return [{ ...label, outputs: said }]
      return label._tag === "Committed" ? [label] : []
    }),
    ...said.flatMap(seenBarrier)
  ]
}

/** A barrier is seen by others as well. */
const seenBarrier = (output: CoordinatorSaid): ReadonlyArray<CoordinatorLabel> =>
  output._tag === "BarrierBegan" || output._tag === "BarrierEnded"
    ? [{ ...output, term: onlyTerm, index: CommandIndex.make(output.index) }]
    : []

/** The same without the note of when a tablet was repaired. */
const unnoted = (output: CoordinatorSaid): CoordinatorSaid => {
  if (output._tag !== "Commit") return output
  const tablets = output.metadata.tablets.map(({ tablet, replicas, transition }) => ({ tablet, replicas, transition }))
  return { ...output, metadata: { ...output.metadata, tablets } }
}

const placeOf = (output: CoordinatorSaid): OnChannel => {
  switch (output._tag) {
    case "Commit":
      return { channel: "to group 0", items: [unnoted(output)] }
    case "BarrierBegan":
    case "BarrierEnded":
      return { channel: "barriers", items: [output] }
    case "Trigger":
      return { channel: `to ${output.node}`, items: [output] }
  }
}

const tellSeen = (output: Seen<CoordinatorSaid>): string => {
  if (isDied(output)) return "dead"
  return isStrange(output) ? `${output.channel}: ${output.what}` : describeSaid(output)
}
