/** How much of group 0 coordinators have taken up: the tasks they have committed for, and their tries to collect. */
import type { Memory } from "../../law.ts"
import type { Term } from "../../metadata.ts"
import type { TaskId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { collectEveryMs } from "../messages.ts"

export interface Spent {
  readonly tasks: ReadonlyArray<TaskId>
  /** Whose last try to collect was how long ago; forgotten once that is long enough. */
  readonly tries: ReadonlyArray<{ readonly term: Term; readonly ms: number }>
}

/** The term of a coordinator that tries to collect in this step, with success or without. */
export const collector = (label: ViewBuildingLabel): Term | undefined =>
  (label._tag === "Committed" || label._tag === "CommitRefused" || label._tag === "CommitFailed") &&
  label.change._tag === "CollectTasks" &&
  label.by._tag === "Coordinator"
    ? label.by.term
    : undefined

export const spent: Memory<Spent, ViewBuildingLabel> = {
  name: "spent",
  init: { tasks: [], tries: [] },
  on: ({ tasks, tries }, label) => {
    if (label._tag === "Elapsed")
      return {
        tasks,
        tries: tries.map(({ term, ms }) => ({ term, ms: ms + label.ms })).filter(({ ms }) => ms < collectEveryMs)
      }
    const term = collector(label)
    const tried = term === undefined ? tries : [...tries.filter((other) => other.term !== term), { term, ms: 0 }]
    if (label._tag !== "Committed") return { tasks, tries: tried }
    const { change } = label
    if (change._tag !== "StartTasks" && change._tag !== "CollectTasks" && change._tag !== "FinishTasks")
      return { tasks, tries: tried }
    return { tasks: [...new Set([...tasks, ...change.tasks])].sort((one, other) => one - other), tries: tried }
  }
}
