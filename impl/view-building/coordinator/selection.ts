/** What a coordinator asks a replica for. Source: db/view/view_building_coordinator.cc select_tasks_for_replica. */
import { type Replica, sameReplica } from "../../../spec/metadata.ts"
import type { TaskId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, type Task, tableOf, tabletNamed } from "../../../spec/view-building/metadata.ts"

/** Replicas that have tasks of the base in hand. */
export const replicasOf = ({ tasks, processing }: BuildingState): ReadonlyArray<Replica> => {
  const all = new Map<string, Replica>()
  for (const { base, replica } of tasks)
    if (base === processing) all.set(JSON.stringify([replica.node, replica.shard]), replica)
  return [...all.keys()].sort().map((name) => all.get(name)!)
}

/**
 * The tasks of the first tablet, by token, that nothing else is done with: those that build, else those that process staging.
 *
 * None where only aborted ones are left of it, for these come back in another command.
 */
export const select = (
  state: BuildingState,
  replica: Replica,
  finished: ReadonlySet<TaskId>
): ReadonlyArray<TaskId> => {
  if (state.processing === null) return []
  const table = tableOf(state, state.processing)
  const left = state.tasks.filter(
    (task) => task.base === state.processing && sameReplica(task.replica, replica) && !finished.has(task.id)
  )
  const tokens = [...new Set(left.map(({ lastToken }) => lastToken))].sort((one, other) => one - other)
  const first = tokens.find((token) => tabletNamed(table, token)?.transition === null)
  const alive = left.filter((task) => task.lastToken === first && task.state === "alive")
  const of = (type: Task["type"]): ReadonlyArray<TaskId> =>
    alive.filter((task) => task.type === type).map(({ id }) => id)
  const builds = of("build_range")
  return builds.length > 0 ? builds : of("process_staging")
}
