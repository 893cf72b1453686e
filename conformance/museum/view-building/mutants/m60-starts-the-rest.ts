import { answerOf } from "../../../../impl/view-building/refused.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { Term } from "../../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../../spec/view-building/ids.ts"
import type { CallAnswer } from "../../../../spec/view-building/messages.ts"
import { mutant } from "../mutant.ts"

/** Begins with what a call asks for and is not done yet, where something of it is done. */
class StartsTheRest extends ShardWorker {
  protected override async serve(id: CallId, term: Term, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    await this.mutex.run(() => this.absorb())
    const rest = tasks.filter((task) => !this.completed.has(task))
    if (rest.length > 0 && rest.length < tasks.length) await answerOf(this.begin(id, term, rest))
    return super.serve(id, term, tasks)
  }

  protected async begin(id: CallId, _term: Term, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    await this.mutex.run(() => this.startOrAttach({ id, tasks, copy: undefined }))
    return { _tag: "Done", tasks: [] }
  }
}

class CatchesUpFirst extends StartsTheRest {
  protected override async begin(id: CallId, term: Term, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    await this.catchUp(id, term)
    return super.begin(id, term, tasks)
  }
}

const seenIn = "another coordinator comes, and another view, when batches are over"

export const M60a = mutant(
  "M60a",
  {
    sentence: "A call for something that is done starts the rest at once, without asking whose it is.",
    origin: "plausible",
    breaks: ["S3w"],
    seenIn
  },
  { machinery: { ShardWorker: StartsTheRest } }
)

export const M60b = mutant(
  "M60b",
  {
    sentence: "A call for something that is done starts the rest when it has caught up with group 0.",
    origin: "plausible",
    breaks: ["S1", "S2"],
    seenIn,
    lawful: "The coordinator asks for the rest next, and finds it running."
  },
  { machinery: { ShardWorker: CatchesUpFirst } }
)
