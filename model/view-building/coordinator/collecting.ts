/** Tasks that were done are deleted, all at once. Source: dossier view-building 2.2; clean_finished_tasks. */
import { sameReplica } from "../../../spec/metadata.ts"
import type { TaskId } from "../../../spec/view-building/ids.ts"
import { taskNamed } from "../../../spec/view-building/metadata.ts"
import { changed, type Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import type { Coordinator } from "./state.ts"

/**
 * Those of the tasks reported that may be deleted: their rows are there, for the base in hand and the replica that reported
 * them, and nobody has aborted them since.
 */
export const deletable = ({ collects }: Variant, { finished }: Coordinator, { state }: Said): ReadonlyArray<TaskId> =>
  finished
    .flatMap(({ replica, tasks }) =>
      tasks.filter((id) => {
        const task = taskNamed(state, id)
        return (
          task !== undefined &&
          task.base === state.processing &&
          sameReplica(task.replica, replica) &&
          (collects === "anyTask" || task.state !== "aborted")
        )
      })
    )
    .sort((one, other) => one - other)

/**
 * Group 0 without them. Nobody looks any more at ids below the least that stays, or below a fresh one where none does.
 *
 * One range tombstone goes as far as that, so the least must be that of every base.
 */
export const collected = ({ leastOf }: Variant, said: Said, ids: ReadonlyArray<TaskId>): Said => {
  const { tasks, processing } = said.state
  const stays = tasks.filter(({ id }) => !ids.includes(id))
  const counted = leastOf === "everyBase" ? stays : stays.filter(({ base }) => base === processing)
  const [least] = counted
  const minTask = (least?.id ?? said.lastTask + 1) as TaskId
  // Rows are deleted one by one while some node knows of no least id.
  const { features } = said.state
  if (features !== undefined && !features.includes("VIEW_BUILDING_TASKS_MIN_TASK_ID"))
    return changed(said, { tasks: stays })
  return {
    state: { ...changed(said, { tasks: stays.filter(({ id }) => id >= minTask) }).state, minTask },
    lastTask: Math.max(said.lastTask, minTask) as TaskId
  }
}
