/** Which base comes in hand, and what a replica is asked for. Source: dossier view-building 2.2 and 2.5; db/view/view_building_coordinator.cc. */
import { type Replica, sameReplica } from "../../../spec/metadata.ts"
import type { TableId, TaskId } from "../../../spec/view-building/ids.ts"
import { type BuildingState, type Task, tableOf, tabletNamed, tasksAt } from "../../../spec/view-building/metadata.ts"
import type { Variant } from "../variant.ts"
import { placeText } from "./state.ts"

/** The first base of which only staging is left, else the first that has anything. Source: update_state. */
export const nextBase = ({ tasks }: BuildingState): TableId | undefined => {
  const bases = [...new Set(tasks.map(({ base }) => base))].sort()
  const staged = bases.find((base) => tasks.every((task) => task.base !== base || task.type === "process_staging"))
  return staged ?? bases[0]
}

/** The replicas that have tasks of a base, in the order of places. */
export const replicasOf = ({ tasks }: BuildingState, base: TableId): ReadonlyArray<Replica> => {
  const all = tasks.filter((task) => task.base === base).map(({ replica }) => replica)
  return all
    .filter((replica, k) => all.findIndex((other) => sameReplica(other, replica)) === k)
    .sort((one, other) => (placeText(one) < placeText(other) ? -1 : 1))
}

/**
 * What a replica is asked for: of its first tablet that is in no transition, whatever is to be built, or else what is staged.
 *
 * It may be nothing, where all of that tablet's tasks are aborted. Source: select_tasks_for_replica.
 */
export const selected = (
  variant: Variant,
  state: BuildingState,
  base: TableId,
  replica: Replica,
  finished: ReadonlyArray<TaskId>
): ReadonlyArray<TaskId> => {
  const left = tasksAt(state, base, replica).filter(({ id }) => !finished.includes(id))
  const settled = left.filter((task) => variant.selects === "anyTablet" || isSettled(state, task))
  const token = settled.reduce<number | null>(
    (least, { lastToken }) => (least === null || lastToken < least ? lastToken : least),
    null
  )
  const here = settled.filter(
    (task) => task.lastToken === token && (variant.selectsAborted === "yes" || task.state !== "aborted")
  )
  const builds = here.filter(({ type }) => type === "build_range")
  const stagings = here.filter(({ type }) => type === "process_staging")
  const [first, second] = variant.first === "buildRange" ? [builds, stagings] : [stagings, builds]
  return (first.length > 0 ? first : second).map(({ id }) => id)
}

const isSettled = (state: BuildingState, { base, lastToken }: Task): boolean =>
  tabletNamed(tableOf(state, base), lastToken)?.transition === null
