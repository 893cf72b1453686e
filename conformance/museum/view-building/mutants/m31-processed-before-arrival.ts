import { ViewBuildingCoordinator } from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { type Replica, sameReplica } from "../../../../spec/metadata.ts"
import type { TaskId } from "../../../../spec/view-building/ids.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

class AsksThoseToCome extends ViewBuildingCoordinator {
  protected override select(state: BuildingState, replica: Replica): ReadonlyArray<TaskId> {
    const chosen = super.select(state, replica)
    if (chosen.length > 0) return chosen
    const finished = this.calls.finished(replica)
    const [first, ...others] = state.tasks.filter(
      (task) =>
        task.type === "process_staging" &&
        task.state === "alive" &&
        task.base === state.processing &&
        sameReplica(task.replica, replica) &&
        !finished.has(task.id)
    )
    if (first === undefined) return []
    return [first, ...others.filter(({ lastToken }) => lastToken === first.lastToken)].map(({ id }) => id)
  }
}

export const M31 = mutant(
  "M31",
  {
    sentence: "Staging sstables are processed also where their tablet has yet to come to.",
    origin: "scylladb issue 19149",
    breaks: ["S13", "S12"],
    seenIn: "a tablet moves with its staging sstable, and pauses as it is streamed"
  },
  { machinery: { ViewBuildingCoordinator: AsksThoseToCome } }
)
