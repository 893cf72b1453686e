/** The laws that one worker alone can be held to: those of the whole, judged on what its steps show. */
import { type HistoryLaw, history, type Law, type Memory } from "../../law.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { S1, S19, S20 } from "../laws/batches.ts"
import { S3w, S27 } from "../laws/calls.ts"
import { batches } from "../memories/batches.ts"
import { served } from "../memories/served.ts"
import type { WorkerLabel } from "./labels.ts"
import { seenAs } from "./seen.ts"

/** What a law remembers, of the labels that each step stands for. */
const ofSteps = <M>({ name, init, on }: Memory<M, ViewBuildingLabel>): Memory<M, WorkerLabel> => ({
  name,
  init,
  on: (memory, step) => seenAs(step).reduce(on, memory)
})

/** The same law of steps; it goes by what it remembers between the labels of one. */
const onSteps = <M>(
  { id, sentence, source, reading, follows, breaks }: HistoryLaw<ViewBuildingLabel, M>,
  memory: Memory<M, WorkerLabel>
): HistoryLaw<WorkerLabel, M> =>
  history(id, {
    sentence,
    source,
    ...(reading === undefined ? {} : { reading }),
    follows: memory,
    breaks: (before, step) => {
      let now = before
      for (const label of seenAs(step)) {
        const next = follows.on(now, label)
        const why = breaks(now, label, next)
        if (why !== undefined) return why
        now = next
      }
      return undefined
    }
  })

const batchesOfSteps = ofSteps(batches)
const servedOfSteps = ofSteps(served)

/** What a worker is judged by, whoever built it. */
export const workerRoleLaws: ReadonlyArray<Law<WorkerLabel>> = [
  onSteps(S1, batchesOfSteps),
  onSteps(S3w, servedOfSteps),
  onSteps(S19, batchesOfSteps),
  onSteps(S20, batchesOfSteps),
  onSteps(S27, servedOfSteps)
]
