/** What group 0 says last, and what of its past still matters. It is a function of the log, so it makes no state of its own. */
import type { Memory } from "../../law.ts"
import type { Position, Term } from "../../metadata.ts"
import type { TaskId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { BuildingState, Task } from "../metadata.ts"

export interface GroupZero {
  /** Null until somebody commits: nobody tells what it says in the beginning. */
  readonly at: Position | null
  readonly state: BuildingState | null
  /** The greatest term whose coordinator has committed anything. */
  readonly term: Term | null
  /** Every task that there ever was, as it was last, by id. */
  readonly known: ReadonlyArray<Task>
}

export const untold: GroupZero = { at: null, state: null, term: null, known: [] }

export const afterGroupZero = ({ at, state, term, known }: GroupZero, label: ViewBuildingLabel): GroupZero => {
  if (label._tag !== "Committed") return { at, state, term, known }
  const { by } = label
  const gone = known.filter(({ id }) => !label.state.tasks.some((task) => task.id === id))
  return {
    at: label.at,
    state: label.state,
    term: by._tag === "Coordinator" && (term === null || by.term > term) ? by.term : term,
    known: [...gone, ...label.state.tasks].sort((one, other) => one.id - other.id)
  }
}

export const groupZero: Memory<GroupZero, ViewBuildingLabel> = {
  name: "group 0",
  init: untold,
  on: afterGroupZero
}

/** A task that there is or was. */
export const knownTask = ({ known }: GroupZero, id: TaskId): Task | undefined => known.find((task) => task.id === id)
