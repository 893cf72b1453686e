/** The story of one worker: what happens to it, and what it does. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { BuildingLabel } from "../../../spec/view-building/building-label.ts"
import type { WorkerLabel } from "../../../spec/view-building/worker/labels.ts"
import type { WorkerInput, WorkerOutput } from "../../../spec/view-building/worker/messages.ts"
import { describeWorkerInput, describeWorkerOutput } from "../../kit/view-building/worker-words.ts"
import { type Diagram, diagram, type Lane, message, note, type Occurrence } from "../diagram.ts"

/** A step in a line: `the flush ends: begins a batch for call 1: task 1, build_range of tablet 8 of t`. */
export const workerSentence = ({ input, outputs }: WorkerLabel): string =>
  `${describeWorkerInput(input)}: ${outputs.length === 0 ? "nothing" : outputs.map(describeWorkerOutput).join(", ")}`

const callers: Lane = { id: "coordinator", title: "coordinators" }
const worker: Lane = { id: "worker", title: "worker" }
const others: Lane = { id: "others", title: "its node" }

/** The story as a diagram of the worker between coordinators and all else that it waits for. */
export const workerDiagram = (title: string, story: ReadonlyArray<StoryStep<BuildingLabel>>): Diagram =>
  diagram(
    title,
    [callers, worker, others],
    story.map(({ labels }) => labels.flatMap((label) => (label._tag === "WorkerStep" ? drawn(label) : [])))
  )

const drawn = ({ input, outputs }: WorkerLabel): ReadonlyArray<Occurrence> => [
  message(isCall(input) ? callers.id : others.id, worker.id, describeWorkerInput(input)),
  ...outputs.map(drawnOutput)
]

const isCall = ({ _tag }: WorkerInput): boolean => _tag === "Call"

const drawnOutput = (output: WorkerOutput): Occurrence =>
  output._tag === "Answered"
    ? message(worker.id, callers.id, describeWorkerOutput(output))
    : note([worker.id], describeWorkerOutput(output))
