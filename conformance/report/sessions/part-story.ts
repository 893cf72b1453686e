/** The story of one role alone: what it is given, and all that it does then, is one step. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { CoordinatorAsked, CoordinatorSaid } from "../../kit/sessions/cluster/coordinator-messages.ts"
import type { NodeAsked } from "../../kit/sessions/cluster/node-messages.ts"
import { type Diagram, diagram, lanesOf, type Occurrence } from "../diagram.ts"
import { after, blank, type Chronicle, type Known } from "./chronicle.ts"
import { laneRank } from "./cluster-diagram.ts"
import { drawCoordinator, tellCoordinator } from "./coordinator-story.ts"
import type { Line } from "./line.ts"
import { drawNode, tellNode } from "./node-story.ts"
import { isPartStep, type PartLabel, type PartStep } from "./part-label.ts"
import { type Overview, overviewOf } from "./routine.ts"
import { unique } from "./words.ts"

export type PartStory = ReadonlyArray<StoryStep<PartLabel>>

/** One thing that the role was given, with all that came of it, and what was known before. */
export type Given =
  | { readonly _tag: "Coordinator"; readonly input: CoordinatorAsked; readonly outputs: ReadonlyArray<CoordinatorSaid> }
  | { readonly _tag: "Node"; readonly input: NodeAsked }

export interface Burst {
  readonly given: Given
  readonly before: Chronicle
  /** What others see of it. */
  readonly labels: ReadonlyArray<Known>
}

const burstsOf = (story: PartStory): ReadonlyArray<Burst> => {
  const bursts: Array<Burst> = []
  let now = blank
  for (const { labels } of story) {
    const step = labels.find(isPartStep)
    const given = step && givenBy(step)
    if (given !== undefined) bursts.push({ given, before: now, labels: [] })
    const last = bursts.pop()
    if (last === undefined) continue
    const known: Array<Known> = []
    for (const label of labels) {
      if (isPartStep(label) || label._tag === "RegistryStep") continue
      known.push({ label, before: now })
      now = after(now, label)
    }
    bursts.push({
      ...last,
      given: given === undefined && step !== undefined ? goingOn(last.given, step) : last.given,
      labels: [...last.labels, ...known]
    })
  }
  return bursts
}

/** Nothing where the role goes on by itself. */
const givenBy = (step: PartStep): Given | undefined => {
  if (step._tag === "NodeStep") return { _tag: "Node", input: step.input }
  return step.input === null ? undefined : { _tag: "Coordinator", input: step.input, outputs: step.outputs }
}

const goingOn = (given: Given, step: PartStep): Given =>
  given._tag === "Coordinator" && step._tag === "CoordinatorStep"
    ? { ...given, outputs: [...given.outputs, ...step.outputs] }
    : given

/** The story in lines, one for each thing that the role is given. */
export const partLines = (story: PartStory): ReadonlyArray<Line<PartLabel>> => {
  const bursts = burstsOf(story)
  const overview = overviewOf(bursts.flatMap(({ labels }) => labels.map(({ label }) => label)))
  return bursts.map((burst, at) => ({
    first: at + 1,
    last: at + 1,
    text: told(burst, overview),
    labels: burst.labels.map(({ label }): ClusterLabel => label)
  }))
}

const told = (burst: Burst, overview: Overview): string => {
  const [input, outputs] =
    burst.given._tag === "Node" ? tellNode(burst, burst.given, overview) : tellCoordinator(burst, burst.given)
  return outputs.length === 0 ? input : `${input} → ${outputs.join("; ")}`
}

/** The story as a diagram of the role and of those around it. */
export const partDiagram = (title: string, story: PartStory): Diagram => {
  const steps = burstsOf(story).map(
    (burst): ReadonlyArray<Occurrence> =>
      burst.given._tag === "Node" ? drawNode(burst, burst.given) : drawCoordinator(burst, burst.given)
  )
  const lanes = unique(steps.flat().flatMap(lanesOf)).toSorted(
    (one, other) => laneRank(one) - laneRank(other) || (one < other ? -1 : 1)
  )
  return diagram(
    title,
    lanes.map((id) => ({ id, title: id })),
    steps
  )
}
