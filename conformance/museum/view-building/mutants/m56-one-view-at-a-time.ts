import { Calls, type CallsParts } from "../../../../impl/view-building/coordinator/calls.ts"
import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import type { Batch } from "../../../../impl/view-building/worker/batch.ts"
import { type Call, type Served, ShardWorker } from "../../../../impl/view-building/worker/shard-worker.ts"
import type { Replica } from "../../../../spec/metadata.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import { type BuildingState, taskNamed } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class StartsBeside extends ShardWorker {
  protected override attach(call: Call, batch: Batch): Served {
    const others = call.tasks.filter((task) => !batch.tasks.has(task))
    if (others.length === 0) return super.attach(call, batch)
    const more = { ...call, tasks: others }
    return this.start(more, this.tasksOf(more, this.parts.applied.state))
  }
}

class NeverOut extends Calls {
  override isOut(): boolean {
    return false
  }
}

class AsksForEachView extends ViewBuildingCoordinator {
  readonly #asked = new Set<TaskId>()

  protected override calling(parts: CallsParts): Calls {
    return new NeverOut(parts)
  }

  protected override select(state: BuildingState, replica: Replica): ReadonlyArray<TaskId> {
    const left = super.select(state, replica).filter((id) => !this.#asked.has(id))
    const views = left.map((id) => taskNamed(state, id)?.view)
    const chosen = left.filter((_, index) => views[index] === views[0])
    for (const id of chosen) this.#asked.add(id)
    return chosen
  }
}

export const M56a = mutant(
  "M56a",
  {
    sentence: "A worker starts what a call asks for besides what is being done, beside it.",
    origin: "plausible",
    breaks: ["S1"],
    seenIn: "another coordinator comes, and another view, while batches run"
  },
  { machinery: { ShardWorker: StartsBeside } }
)

export const M56b = mutant(
  "M56b",
  {
    sentence: "A coordinator asks for each view by itself, and does not wait for an answer in between.",
    origin: "plausible",
    breaks: ["S2"],
    seenIn: "two views of a base, and nothing is in the way"
  },
  { machinery: { ViewBuildingCoordinator: AsksForEachView } }
)
