/** A worker's step in the words of a whole cluster, in which the laws are written. */

import { BatchId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { BuildingState } from "../metadata.ts"
import type { WorkerLabel } from "./labels.ts"
import { type Known, type WorkerInput, type WorkerOutput, workerPlace } from "./messages.ts"

const { node } = workerPlace

/** A shard has one batch at a time, so one name is enough. */
const batch = BatchId.make(1)

/** What group 0 says in full, where nothing is said but what a worker goes by. */
export const fullState = ({ processing, tasks, tables }: Known): BuildingState => ({
  tasks,
  minTask: null,
  processing,
  statuses: [],
  tables,
  nodes: [node],
  normal: [node]
})

/** The labels of a step. An attempt that has nothing to wait for is over without anybody saying so. */
export const seenAs = ({ input, outputs }: WorkerLabel): ReadonlyArray<ViewBuildingLabel> => [
  ...before(input),
  ...outputs.flatMap((output) =>
    output._tag === "BatchEnded" && output.how === "done" && input._tag !== "AttemptEnds"
      ? [{ _tag: "AttemptEnded", ...workerPlace, batch, ok: true } as const, ...after(output)]
      : after(output)
  )
]

const before = (input: WorkerInput): ReadonlyArray<ViewBuildingLabel> => {
  switch (input._tag) {
    case "Applied":
      return [
        {
          _tag: "Committed",
          by: { _tag: "Operator" },
          at: input.at,
          change: { _tag: "Unrelated" },
          state: fullState(input.known)
        },
        { _tag: "Applied", node, at: input.at }
      ]
    case "Call":
      return [{ _tag: "CallArrived", ...workerPlace, call: input.call, term: input.term, tasks: input.tasks }]
    case "BarrierEnds":
      return [{ _tag: "BarrierEnded", ...workerPlace, call: input.call, at: input.at, term: input.term }]
    case "AttemptEnds":
      return [{ _tag: "AttemptEnded", ...workerPlace, batch, ok: input.ok }]
    case "Restart":
      return [
        { _tag: "Stopped", node },
        { _tag: "Restarted", node }
      ]
    case "Observe":
    case "ArrivalsEnd":
    case "FlushEnds":
    case "PauseEnds":
    case "List":
    case "Drain":
      return []
  }
}

const after = (output: WorkerOutput): ReadonlyArray<ViewBuildingLabel> => {
  switch (output._tag) {
    case "Attached":
      return [{ _tag: "CallAttached", ...workerPlace, call: output.call, batch }]
    case "Answered":
      return [{ _tag: "CallAnswered", ...workerPlace, call: output.call, answer: output.answer }]
    case "FlushBegan":
      return [{ _tag: "FlushBegan", ...workerPlace, base: output.base }]
    case "BatchBegan": {
      const { call, type, base, lastToken, tasks } = output
      return [{ _tag: "BatchBegan", ...workerPlace, batch, call, type, base, lastToken, tasks }]
    }
    case "TasksDropped":
      return [{ _tag: "TasksDropped", ...workerPlace, batch, tasks: output.tasks }]
    case "AttemptBegan": {
      const { tasks, after, lastToken, sstables } = output
      const { shard } = workerPlace
      return [{ _tag: "AttemptBegan", ...workerPlace, batch, on: shard, tasks, after, lastToken, sstables, rows: [] }]
    }
    case "Processed":
      return [{ _tag: "SstableProcessed", ...workerPlace, sstable: output.sstable }]
    case "BatchEnded":
      return [{ _tag: "BatchEnded", ...workerPlace, batch, how: output.how }]
    case "Drained":
      return [{ _tag: "Drained", node }]
    case "CatchesUp":
    case "ArrivalsAwaited":
    case "ViewWritten":
      return []
  }
}
