import { collect } from "../../../../impl/view-building/changes/building.ts"
import type { Changes } from "../../../../impl/view-building/changes/changes.ts"
import type { Draft } from "../../../../impl/view-building/changes/draft.ts"
import { TaskId } from "../../../../spec/view-building/ids.ts"
import type { Task } from "../../../../spec/view-building/metadata.ts"
import { mutant } from "../mutant.ts"

/** Whatever is below the least id is forgotten with it. */
const startAt = (draft: Draft, least: TaskId): void => {
  draft.minTask = least
  draft.remove(({ id }) => id < least)
}

/** Has the least id that is looked at chosen in another way, among the rows that stay. */
const choosing =
  (least: (draft: Draft) => TaskId | undefined): Changes["collect"] =>
  (draft, finished) => {
    const change = collect(draft, finished)
    if (change !== undefined) startAt(draft, least(draft) ?? draft.freshId())
    return change
  }

/** Ids in the order of their low bits, as a timeuuid begins with those. */
const raw = (one: Task, other: Task): number => (one.id % 2) - (other.id % 2) || one.id - other.id

/** What is done is deleted, whether it was aborted since or not. */
export const collectsAborted: Changes["collect"] = (draft, finished) => {
  draft.tasks = draft.tasks.map((task) =>
    finished.has(task.id) && task.base === draft.processing ? { ...task, state: "alive" } : task
  )
  return collect(draft, finished)
}

export const M48a = mutant(
  "M48a",
  {
    sentence: "The least id that is looked at is that of the base in hand, and others' rows are forgotten.",
    origin: "plausible",
    breaks: ["S18", "S8"],
    seenIn: "two bases wait for the coordinator, and the one that is first has the later tasks"
  },
  {
    changes: {
      collect: choosing(({ tasks, processing }) => {
        const ids = tasks.filter(({ base }) => base === processing).map(({ id }) => id)
        return ids.length === 0 ? undefined : TaskId.make(Math.min(...ids))
      })
    }
  }
)

export const M48b = mutant(
  "M48b",
  {
    sentence: "What was reported is deleted as done although it was aborted since.",
    origin: "plausible",
    breaks: ["S5"],
    seenIn: "a tablet moves when its tasks are reported and not collected"
  },
  { changes: { collect: collectsAborted } }
)

export const M48c = mutant(
  "M48c",
  {
    sentence: "Ids are compared by their bytes and not by their time, to find the least.",
    origin: "plausible",
    breaks: ["S18"],
    seenIn: "two bases wait for the coordinator, and the one that is first has the later tasks"
  },
  { changes: { collect: choosing(({ tasks }) => tasks.toSorted(raw)[0]?.id) } }
)
