/** The view building worker as a part: one input and its outputs a step. It shows nothing of its state. */
import type { WorkerLabel } from "../../../spec/view-building/worker/labels.ts"
import type { WorkerInput, WorkerOutput } from "../../../spec/view-building/worker/messages.ts"
import { channelsThatDiffer, type OnChannel } from "../channels.ts"
import type { Part, Step } from "../part.ts"
import { type Adapter, isDied, isStrange, type Seen } from "../role-under-test.ts"
import { describeWorkerInput, describeWorkerOutput } from "./worker-words.ts"

/** An adapter of a view building worker. It has nothing to observe but its outputs. */
export type WorkerAdapter = Adapter<WorkerInput, WorkerOutput, never> & { readonly role: "view-building/worker" }

/** How the kit plays a worker: what it is given of each label, what is due, and what is drawn how often. */
export const workerPart: Part<WorkerLabel, WorkerInput, WorkerOutput, never> = {
  protocol: "view-building",
  role: "view-building/worker",
  internal: new Set(),
  // What was begun comes to its end more often than not: a walk in which group 0 goes on all the time never goes deep.
  weights: {
    Call: 4,
    BarrierEnds: 4,
    ArrivalsEnd: 4,
    FlushEnds: 4,
    AttemptEnds: 4,
    PauseEnds: 2,
    List: 2,
    Applied: 1,
    AppliedSeveral: 1,
    Observe: 1,
    BarrierEndsLater: 1,
    Drain: 1,
    Restart: 1
  },
  renumbered: new Set(["call", "at"]),
  play: ([step]) => ({
    input: step?.input,
    due: step?.outputs ?? [],
    shown: undefined,
    begins: false,
    ends: false
  }),
  differs: (due, seen) => {
    const isAborted = due.due.some(
      ({ _tag, ...output }) => _tag === "BatchEnded" && "how" in output && output.how === "aborted"
    )
    return isAborted
      ? channelsThatDiffer(
          { ...due, due: due.due.filter((output) => !isWritten(output)) },
          { ...seen, outputs: seen.outputs.filter((output) => !isWritten(output)) },
          placeOf
        )
      : channelsThatDiffer(due, seen, placeOf)
  },
  actual: (burst, seen) =>
    burst.map((labels) => labels.map((label) => ({ ...label, outputs: seen.outputs.flatMap(inWords) }))),
  choice: ([step]) => step?.input ?? null,
  simpler: (step) => askingLess(step),
  tellInput: describeWorkerInput,
  tellDue: ({ due }) => due.map(describeWorkerOutput),
  tellOutput: (output) => tellSeen(output),
  tellShown: () => "shows nothing"
}

/** How much of an attempt still comes to the views when its batch was aborted, nobody says. */
const isWritten = (output: Seen<WorkerOutput>): boolean => output._tag === "ViewWritten"

/** Each call goes its own way, and so does the end; views are written in any order. */
const placeOf = (output: WorkerOutput): OnChannel => {
  switch (output._tag) {
    case "CatchesUp":
    case "Attached":
    case "Answered":
      return { channel: `call ${output.call}`, items: [output] }
    case "ViewWritten":
      return { channel: `view ${output.view}`, items: [output] }
    case "Drained":
      return { channel: "drain", items: [output] }
    default:
      return { channel: "work", items: [output] }
  }
}

/** What was seen, in the spec's words where it has any. */
const inWords = (output: Seen<WorkerOutput>): ReadonlyArray<WorkerOutput> =>
  isDied(output) || isStrange(output) ? [] : [output]

const tellSeen = (output: Seen<WorkerOutput>): string => {
  if (isDied(output)) return "dead"
  return isStrange(output) ? `${output.channel}: ${output.what}` : describeWorkerOutput(output)
}

/** Simpler steps: a call that asks for fewer tasks. */
const askingLess = ({ rule, choice }: Step): ReadonlyArray<Step> => {
  const { tasks } = Object(choice) as { readonly tasks?: unknown }
  if (!Array.isArray(tasks) || tasks.length < 2) return []
  return tasks.map((_, at) => ({ rule, choice: { ...Object(choice), tasks: tasks.toSpliced(at, 1) } }))
}
