/**
 * The design of 2025: the beginning and the end of each task are written down, and whoever takes over goes on with what is
 * STARTED.
 *
 * Source: dossier view-building 6, seed against HEAD; db/view/view_building_coordinator.cc of merge 7ccb50514d.
 */
import type { Replica } from "../../../spec/metadata.ts"
import type { TableId, TaskId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, taskNamed, tasksAt } from "../../../spec/view-building/metadata.ts"
import { changed, type Said, without } from "../said.ts"
import type { Coordinator } from "./state.ts"

/** Tasks that were begun at a replica. They are asked for first, whatever becomes of their tablet, until they are aborted. */
export const startedAt = (state: BuildingState, base: TableId, replica: Replica): ReadonlyArray<TaskId> =>
  tasksAt(state, base, replica)
    .filter((task) => task.state === "started")
    .map(({ id }) => id)

export const started = (said: Said, ids: ReadonlyArray<TaskId>): Said =>
  changed(said, {
    tasks: said.state.tasks.map((task) => (ids.includes(task.id) ? { ...task, state: "started" as const } : task))
  })

/** What was reported and is still there, and not aborted: an aborted task outlives its success. */
export const endedTasks = ({ finished }: Coordinator, { state }: Said): ReadonlyArray<TaskId> =>
  finished.flatMap(({ tasks }) => tasks).filter((id) => (taskNamed(state, id)?.state ?? "aborted") !== "aborted")

export const ended = (said: Said, ids: ReadonlyArray<TaskId>): Said => without(said, ({ id }) => ids.includes(id))
