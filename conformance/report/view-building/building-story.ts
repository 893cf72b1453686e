/** Stories of view building: line by line, and as a diagram of group 0, coordinators, shards, and the views. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { BuildingLabel } from "../../../spec/view-building/building-label.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type Diagram, diagram, type Lane, message, note, type Occurrence } from "../diagram.ts"
import { linesOf } from "../sessions/line.ts"
import { numberedLines } from "../sessions/numbered-lines.ts"
import type { TextStyle } from "../text-diagram.ts"
import { buildingSentence } from "./building-words.ts"
import { changeWords, tasks } from "./change-words.ts"
import { workerDiagram, workerSentence } from "./worker-story.ts"

export type BuildingStory = ReadonlyArray<StoryStep<BuildingLabel>>

/** The story as numbered lines, how many they are, and the last number that they show. */
export const buildingText = (
  story: BuildingStory,
  style: TextStyle
): { readonly text: string; readonly lines: number; readonly shown: number } => {
  const told = (labels: ReadonlyArray<BuildingLabel>): string => labels.map(sentenceOf).join("; ")
  const sentences = story.map((step) => ({ step, text: told(step.labels), routine: false }))
  const lines = linesOf(sentences, told, undefined)
  return { text: numberedLines(lines, style), lines: lines.length, shown: lines.at(-1)?.last ?? 0 }
}

const sentenceOf = (label: BuildingLabel): string =>
  label._tag === "WorkerStep" ? workerSentence(label) : buildingSentence(label)

const groupZero: Lane = { id: "group 0", title: "group 0" }
const coordinator: Lane = { id: "coordinator", title: "coordinator" }

const shardsIn = (story: BuildingStory): ReadonlyArray<string> =>
  [
    ...new Set(
      story.flatMap(({ labels }) =>
        labels.flatMap((label) =>
          "shard" in label ? [`${label.node}.${label.shard}`] : "node" in label ? [label.node] : []
        )
      )
    )
  ].sort()

export const buildingDiagram = (title: string, story: BuildingStory): Diagram =>
  story.some(({ labels }) => labels.some(({ _tag }) => _tag === "WorkerStep"))
    ? workerDiagram(title, story)
    : diagram(
        title,
        [groupZero, coordinator, ...shardsIn(story).map((id) => ({ id, title: id }))],
        story.map(({ labels }) => labels.flatMap((label) => (label._tag === "WorkerStep" ? [] : drawn(label))))
      )

/** A label as it is drawn: calls and commands are messages, and what somebody does by himself is a note. */
const drawn = (label: ViewBuildingLabel): ReadonlyArray<Occurrence> => {
  switch (label._tag) {
    case "Committed": {
      const words = changeWords(label.change)
      return label.by._tag === "Coordinator" ? [message("coordinator", "group 0", words)] : [note(["group 0"], words)]
    }
    case "CallArrived":
      return [message("coordinator", `${label.node}.${label.shard}`, `${tasks(label.tasks)} (call ${label.call})`)]
    case "CallAnswered": {
      const { answer } = label
      const words = answer._tag === "Done" ? `${tasks(answer.tasks)} done` : answer.reason
      return [message(`${label.node}.${label.shard}`, "coordinator", `${words} (call ${label.call})`)]
    }
    case "CallSent":
    case "CallEnded":
      return []
    default:
      return [note([laneOf(label)], buildingSentence(label))]
  }
}

const laneOf = (label: ViewBuildingLabel): string => {
  if ("shard" in label) return `${label.node}.${label.shard}`
  return "node" in label ? label.node : "group 0"
}
