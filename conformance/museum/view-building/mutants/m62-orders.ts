import { select } from "../../../../impl/view-building/coordinator/selection.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { Replica, Term } from "../../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../../spec/view-building/ids.ts"
import type { CallAnswer } from "../../../../spec/view-building/messages.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class StagingFirst extends ViewBuildingCoordinator {
  protected override select(state: BuildingState, replica: Replica): ReadonlyArray<TaskId> {
    const tasks = state.tasks.filter(({ type }) => type === "process_staging")
    const staging = select({ ...state, tasks }, replica, this.calls.finished(replica))
    return staging.length > 0 ? staging : super.select(state, replica)
  }
}

class DoesAgain extends ShardWorker {
  protected override async serve(id: CallId, term: Term, tasks: ReadonlyArray<TaskId>): Promise<CallAnswer> {
    await this.mutex.run(() => this.absorb())
    for (const task of tasks) this.completed.delete(task)
    return super.serve(id, term, tasks)
  }
}

export const M62a = mutant(
  "M62a",
  {
    sentence: "Staging is processed before a tablet is built from.",
    origin: "plausible",
    breaks: ["S9"],
    seenIn: "a view comes while a tablet gets one replica more, and staging sstables wait",
    lawful: "It is an order and no more: what is made twice of a row is the same row."
  },
  { machinery: { ViewBuildingCoordinator: StagingFirst } }
)

export const M62b = mutant(
  "M62b",
  {
    sentence: "A call for what is done has it done again.",
    origin: "plausible",
    breaks: ["S4"],
    seenIn: "another coordinator comes, and another view, when batches are over",
    lawful: "What is made twice of a row is the same row."
  },
  { machinery: { ShardWorker: DoesAgain } }
)
