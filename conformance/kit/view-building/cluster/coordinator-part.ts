/**
 * The view building coordinator as a part: a step is one thing that it is told, and everything that it does then by itself.
 *
 * Left out is what it is told of calls while it waits for the end of a collection: upstream such an answer waits, ours takes it
 * in at once, and nobody sees a difference.
 */
import { channelsThatDiffer, type OnChannel } from "../../channels.ts"
import type { Part } from "../../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../../role-under-test.ts"
import {
  type CoordinatorAsked,
  type CoordinatorLabel,
  type CoordinatorSaid,
  type CoordinatorStep,
  describeAsked,
  describeSaid,
  placeOf
} from "./coordinator-messages.ts"

export type CoordinatorAdapter = Adapter<CoordinatorAsked, CoordinatorSaid, never> & {
  readonly role: "view-building/coordinator"
}

export const coordinatorPart: Part<CoordinatorLabel, CoordinatorAsked, CoordinatorSaid, never> = {
  protocol: "view-building",
  role: "view-building/coordinator",
  internal: new Set(),
  weights: { "a host goes down or up": 1, "somebody changes group 0": 4 },
  renumbered: new Set(["at"]),
  play: (labels) => {
    const step = stepIn(labels)
    return { input: step?.input ?? undefined, due: step?.outputs ?? [], shown: undefined, begins: false, ends: false }
  },
  differs: (due, seen) => channelsThatDiffer(due, seen, channelOf),
  actual: (burst, seen) => burst.map((labels) => told(labels, seen.outputs)),
  choice: (labels) => stepIn(labels)?.input ?? null,
  simpler: () => [],
  tellInput: describeAsked,
  tellDue: ({ due }) => due.map(describeSaid),
  tellOutput: (output) => tellSeen(output),
  tellShown: () => "shows nothing"
}

const isStep = (label: CoordinatorLabel): label is CoordinatorStep => label._tag === "CoordinatorStep"
const stepIn = (labels: ReadonlyArray<CoordinatorLabel>): CoordinatorStep | undefined => labels.find(isStep)

/** What was seen of a burst, as its first step. */
const told = (
  labels: ReadonlyArray<CoordinatorLabel>,
  outputs: ReadonlyArray<Seen<CoordinatorSaid>>
): ReadonlyArray<CoordinatorLabel> => {
  const said = outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
  return labels.map((label) => (isStep(label) ? { ...label, outputs: said } : label))
}

const channelOf = (output: CoordinatorSaid): OnChannel =>
  output._tag === "Commit"
    ? { channel: "to group 0", items: [output] }
    : { channel: `to ${placeOf(output.replica)}`, items: [output] }

const tellSeen = (output: Seen<CoordinatorSaid>): string => {
  if (isDied(output)) return "dead"
  return isStrange(output) ? `${output.channel}: ${output.what}` : describeSaid(output)
}
