/** The story of one node that looks for group 0: what happens to it, and what it does. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { DiscoveryLabel } from "../../../spec/raft-upgrade/discovery/labels.ts"
import { type DiscoveryInput, type DiscoveryOutput, looker } from "../../../spec/raft-upgrade/discovery/messages.ts"
import { describeDiscoveryInput, describeDiscoveryOutput } from "../../kit/raft-upgrade/discovery-words.ts"
import { type Diagram, death, diagram, type Lane, message, note, type Occurrence } from "../diagram.ts"

/** A step in a line: `A does not answer: pauses`. */
export const discoverySentence = ({ input, outputs }: DiscoveryLabel): string =>
  `${describeDiscoveryInput(input)}: ${outputs.length === 0 ? "nothing" : outputs.map(describeDiscoveryOutput).join(", ")}`

export const isDiscoveryStep = (label: { readonly _tag: string }): label is DiscoveryLabel =>
  label._tag === "DiscoveryStep"

const node: Lane = { id: looker, title: looker }
const others: Lane = { id: "others", title: "all others" }

/** The story as a diagram of the node beside all others. */
export const discoveryDiagram = (title: string, story: ReadonlyArray<StoryStep<{ readonly _tag: string }>>): Diagram =>
  diagram(
    title,
    [node, others],
    story.map(({ labels }) => labels.filter(isDiscoveryStep).flatMap(drawn))
  )

const drawn = ({ input, outputs }: DiscoveryLabel): ReadonlyArray<Occurrence> => [
  happens(input),
  ...outputs.map(drawnOutput)
]

const happens = (input: DiscoveryInput): Occurrence => {
  const words = describeDiscoveryInput(input)
  if (input._tag === "Falls") return death(node.id, words)
  return input._tag === "Asked" || input._tag === "Answered"
    ? message(others.id, node.id, words)
    : note([node.id], words)
}

const drawnOutput = (output: DiscoveryOutput): Occurrence =>
  output._tag === "Asks" || output._tag === "Answers"
    ? message(node.id, others.id, describeDiscoveryOutput(output))
    : note([node.id], describeDiscoveryOutput(output))
