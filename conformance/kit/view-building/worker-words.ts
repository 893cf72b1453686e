/** How the words of a view building worker read in stories. */
import type { Known, WorkerInput, WorkerOutput } from "../../../spec/view-building/worker/messages.ts"

const tasks = (all: ReadonlyArray<number>): string => `task${all.length === 1 ? "" : "s"} ${all.join(", ")}`

const taskWords = ({ id, state, type, view, base, lastToken }: Known["tasks"][number]): string =>
  `${id}${state === "alive" ? "" : ` (${state})`}: ${type === "build_range" ? view : "staging"} of tablet ${lastToken} of ${base}`

/** What a worker's node knows, such as `t is in hand; tasks 1: v of tablet 8 of t; views v of t`. */
const describeKnown = ({ processing, tasks, tables }: Known): string =>
  [
    processing === null ? "no base is in hand" : `${processing} is in hand`,
    tasks.length === 0 ? "no task" : `tasks ${tasks.map(taskWords).join(", ")}`,
    ...tables.map(
      ({ base, views, tablets }) =>
        `${base} has views ${views.join(", ") || "none"} and tablets ${tablets.map(({ lastToken }) => lastToken).join(", ")}`
    )
  ].join("; ")

/** What happens to a worker, such as `call 1 of term 1 asks for task 1`. */
export const describeWorkerInput = (input: WorkerInput): string => {
  switch (input._tag) {
    case "Applied":
      return `its node applies group 0 up to ${input.at}: ${describeKnown(input.known)}`
    case "Observe":
      return "the observer looks"
    case "Call":
      return `call ${input.call} of term ${input.term} asks for ${tasks(input.tasks)}`
    case "BarrierEnds":
      return `the barrier of call ${input.call} ends in term ${input.term}`
    case "ArrivalsEnd":
      return "what was on its way has come"
    case "FlushEnds":
      return "the flush ends"
    case "AttemptEnds":
      return input.ok ? "the view replicas acknowledge" : "a view replica does not acknowledge"
    case "PauseEnds":
      return "it is time to try again"
    case "List":
      return `staging sstable ${input.sstable} of ${input.base} comes to the list, up to token ${input.token}`
    case "Drain":
      return "the worker is to stop"
    case "Restart":
      return "the node falls and comes back"
  }
}

/** What a worker does, such as `call 1: tasks 1, 2 done`. */
export const describeWorkerOutput = (output: WorkerOutput): string => {
  switch (output._tag) {
    case "CatchesUp":
      return `call ${output.call} waits for its barrier`
    case "Attached":
      return `call ${output.call} waits for the batch`
    case "Answered": {
      const { call, answer } = output
      if (answer._tag === "Refused") return `call ${call} refused: ${answer.reason}`
      return `call ${call}: ${answer.tasks.length === 0 ? "nothing" : tasks(answer.tasks)} done`
    }
    case "ArrivalsAwaited":
      return `waits for what is on its way to ${output.base}`
    case "FlushBegan":
      return `flushes ${output.base}`
    case "BatchBegan":
      return `begins a batch for call ${output.call}: ${tasks(output.tasks)}, ${output.type} of tablet ${output.lastToken} of ${output.base}`
    case "TasksDropped":
      return `goes on without ${tasks(output.tasks)}`
    case "AttemptBegan": {
      const { after, lastToken, sstables } = output
      const read = sstables.length === 0 ? "" : `, ${sstables.join(" and ")}`
      return `reads ${after === null ? "" : `after ${after} `}up to ${lastToken} for ${tasks(output.tasks)}${read}`
    }
    case "ViewWritten":
      return `${output.view} is written`
    case "Processed":
      return `${output.sstable} leaves staging`
    case "BatchEnded":
      return `the batch is ${output.how}`
    case "Drained":
      return "it has stopped"
  }
}
