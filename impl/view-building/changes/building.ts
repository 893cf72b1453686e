/** What the coordinator and the workers' registrators write. Source: db/view/view_building_coordinator.cc update_state, clean_finished_tasks. */
import { type TableId, TaskId } from "../../../spec/view-building/ids.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import { statusesOf } from "../../../spec/view-building/metadata.ts"
import { type Draft, viewsOf } from "./draft.ts"

/** The next base: one that has staging tasks alone, else the first that has any. Null where there is nothing to do. */
const nextBase = ({ tasks }: Draft): TableId | null => {
  const bases = [...new Set(tasks.map(({ base }) => base))].sort()
  const isStaging = (base: TableId): boolean =>
    tasks.every((task) => task.base !== base || task.type === "process_staging")
  return bases.find(isStaging) ?? bases[0] ?? null
}

/** C1 and C2: what there is to write before anything is asked for. Nothing where all is as it should be. */
export const updateState = (draft: Draft): Change | undefined =>
  draft.processing === null ? pickBase(draft) : updateStatuses(draft, draft.processing)

const pickBase = (draft: Draft): Change | undefined => {
  const base = nextBase(draft)
  if (base === null) return undefined
  draft.processing = base
  for (const view of viewsOf(draft.before, base)) fillIn(draft, view)
  return { _tag: "PickBase", base }
}

type View = Parameters<Draft["setStatus"]>[0]

/** Has every normal node say STARTED that says nothing. True if one did. */
const fillIn = (draft: Draft, view: View): boolean => {
  const known = statusesOf(draft.before, view)
  if (known.length > 0 && known.every(({ status }) => status === "SUCCESS")) return false
  const without = draft.normal.filter((node) => !known.some((row) => row.node === node))
  for (const node of without) draft.setStatus(view, node, "STARTED")
  return without.length > 0
}

/** Aborted tasks count as there: what they were for was not done (M49). */
const updateStatuses = (draft: Draft, base: TableId): Change | undefined => {
  const tasks = draft.tasks.filter((task) => task.base === base)
  const hasStaging = tasks.some(({ type }) => type === "process_staging")
  const built: View[] = []
  let isChanged = false
  for (const view of viewsOf(draft.before, base)) {
    const known = statusesOf(draft.before, view)
    if (known.length > 0 && known.every(({ status }) => status === "SUCCESS")) continue
    if (hasStaging || tasks.some((task) => task.view === view)) {
      isChanged = fillIn(draft, view) || isChanged
      continue
    }
    // M45: shipped, only normal nodes become SUCCESS. A node that is about to leave keeps STARTED, so this is written again in
    // every round, and nothing is ever asked for.
    for (const node of new Set([...draft.normal, ...known.map((row) => row.node)]))
      draft.setStatus(view, node, "SUCCESS")
    built.push(view)
  }
  const over = tasks.length === 0
  if (over) draft.processing = null
  return isChanged || over || built.length > 0 ? { _tag: "UpdateStatuses", base, built, over } : undefined
}

/** C6: deletes what is done, and raises the least id that is looked at to the first that stays, of whatever base (M48). */
export const collect = (draft: Draft, finished: ReadonlySet<TaskId>): Change | undefined => {
  const tasks = draft.tasks
    .filter(({ id, base, state }) => finished.has(id) && base === draft.processing && state === "alive")
    .map(({ id }) => id)
  if (tasks.length === 0) return undefined
  draft.remove(({ id }) => tasks.includes(id))
  if (draft.has("VIEW_BUILDING_TASKS_MIN_TASK_ID"))
    draft.minTask =
      draft.tasks.length === 0 ? draft.freshId() : TaskId.make(Math.min(...draft.tasks.map(({ id }) => id)))
  return { _tag: "CollectTasks", tasks }
}
