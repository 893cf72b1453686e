/** What a step of a view building worker looks like from outside. */
import { Schema } from "effect"
import { WorkerInput, WorkerOutput } from "./messages.ts"

/** What a step of a worker looks like from outside. */
export const WorkerLabel = Schema.TaggedUnion({
  /** The worker took one input; `outputs` is all that came of it until it waited for the next, in order. */
  WorkerStep: { input: WorkerInput, outputs: Schema.Array(WorkerOutput) }
})
export type WorkerLabel = typeof WorkerLabel.Type
