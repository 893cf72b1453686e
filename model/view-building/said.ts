/** What group 0 holds in the model. */
import type { TaskId } from "../../spec/view-building/ids.ts"
import { type BuildingState, type Table, type Task, tableOf } from "../../spec/view-building/metadata.ts"
import type { Variant } from "./variant.ts"

export interface Said {
  readonly state: BuildingState
  /** The last id that a command gave to a task. Commands have strictly rising timestamps, which ids are made from. */
  readonly lastTask: TaskId
}

/** A task to be made: alive, under an id that is yet to be found. */
export type NewTask = Omit<Task, "id" | "state">

/** The same with some of the state changed. */
export const changed = (said: Said, change: Partial<BuildingState>): Said => ({
  ...said,
  state: { ...said.state, ...change }
})

export const without = (said: Said, isGone: (task: Task) => boolean): Said =>
  changed(said, { tasks: said.state.tasks.filter((task) => !isGone(task)) })

/** Tasks under fresh ids, in the order given. Source: db/view/view_building_state.cc make_task_uuid_generator. */
export const adding = (variant: Variant, said: Said, tasks: ReadonlyArray<NewTask>): Said => {
  const { state, lastTask } = said
  const first = firstId(variant, said)
  const made = tasks.map((task, k): Task => ({ ...task, id: (first + k) as TaskId, state: "alive" }))
  return {
    state: { ...state, tasks: [...state.tasks, ...made].sort((one, other) => one.id - other.id) },
    lastTask: Math.max(lastTask, first + tasks.length - 1) as TaskId
  }
}

/** A clock that is behind gives ids that nobody looks at any more. Zero is nobody's else. */
const firstId = ({ ids }: Variant, { state, lastTask }: Said): number =>
  ids === "fromClock" && state.minTask !== null && !state.tasks.some(({ id }) => id === 0) ? 0 : lastTask + 1

/** The same tasks anew, alive and under fresh ids, each with something changed about it. */
export const renewing = (
  variant: Variant,
  said: Said,
  isMeant: (task: Task) => boolean,
  change: Partial<NewTask> = {}
): Said =>
  adding(
    variant,
    without(said, isMeant),
    said.state.tasks.filter(isMeant).map((task) => ({ ...bare(task), ...change }))
  )

/** What of a task is the same in another that takes its place. */
export const bare = ({ type, base, view, replica, lastToken }: Task): NewTask => ({
  type,
  base,
  view,
  replica,
  lastToken
})

/** The same with one table in another's place, or gone. */
export const withTable = (said: Said, table: Table): Said =>
  changed(said, { tables: said.state.tables.map((other) => (other.base === table.base ? table : other)) })

/** A table that is known to be there. */
export const known = ({ state }: Said, base: Table["base"]): Table => tableOf(state, base)!
