/** The story of one registry: what it is asked, and what it answers. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import type { RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { describeRegistryInput, describeRegistryOutput } from "../../kit/sessions/registry-words.ts"
import { type Diagram, diagram, message, type Occurrence } from "../diagram.ts"
import { type Line, linesOf } from "./line.ts"

export type RegistryStory = ReadonlyArray<StoryStep<RegistryLabel>>

/** The story in lines, a step each: `enter 1 as g1: refused: GateClosed`. */
export const registryLines = (story: RegistryStory): ReadonlyArray<Line<RegistryLabel>> =>
  linesOf(
    story.map((step) => ({ step, text: step.labels.map(told).join("; "), routine: false })),
    (labels) => labels.map(told).join("; "),
    undefined
  )

const told = ({ input, outputs }: RegistryLabel): string =>
  `${describeRegistryInput(input)}: ${outputs.length === 0 ? "nothing" : outputs.map(describeRegistryOutput).join(", ")}`

/** The story as a diagram of the registry and whoever asks it. */
export const registryDiagram = (title: string, story: RegistryStory): Diagram =>
  diagram(
    title,
    [
      { id: "caller", title: "whoever asks" },
      { id: "registry", title: "session registry" }
    ],
    story.map(({ labels }) => labels.flatMap(drawn))
  )

const drawn = ({ input, outputs }: RegistryLabel): ReadonlyArray<Occurrence> => [
  message("caller", "registry", describeRegistryInput(input)),
  ...outputs.map((output) =>
    message("registry", "caller", describeRegistryOutput(output), isAnswer(output) ? "solid" : "dashed")
  )
]

/** Calls of subscribers and ends of drains come by themselves. */
const isAnswer = ({ _tag }: RegistryOutput): boolean => _tag === "Done" || _tag === "Refused"
