/** How far views are said to be, and when a base is out of hand. Source: dossier view-building 2.2; update_state, update_views_statuses. */
import type { TableId, TaskId, ViewId } from "../../../spec/view-building/ids.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import { type BuildingState, isBuilt, type StatusRow, tableOf } from "../../../spec/view-building/metadata.ts"
import { sortedStatuses } from "../changes/schema.ts"
import { changed, type Said } from "../said.ts"
import type { Variant } from "../variant.ts"

/** A base that comes in hand, with its views STARTED on every normal node that says nothing of them. */
export const picked = (variant: Variant, said: Said, base: TableId): Said => {
  const filled = filledIn(said, viewsOf(said.state, base))
  return changed(variant.fillsStatuses === "yes" ? filled : said, { processing: base })
}

/** What becomes of the statuses of the base in hand, and the change that says so; null where nothing does. */
export const updated = (
  variant: Variant,
  said: Said,
  base: TableId,
  finished: ReadonlyArray<TaskId>
): { readonly said: Said; readonly change: Change } | null => {
  const { state } = said
  const views = viewsOf(state, base).filter((view) => !isBuilt(state, view))
  const built = views.filter((view) => isThrough(variant, state, base, view, finished))
  const started = views.filter((view) => !built.includes(view))
  const over = isOver(variant, state, base)
  const filled = variant.fillsStatuses === "yes" ? filledIn(said, started) : said
  const done = changed(
    built.reduce((all, view) => succeeded(variant, all, view), filled),
    {
      processing: over ? null : base
    }
  )
  // Who writes SUCCESS where nothing changes by it writes it again and again.
  const isChanged = over || built.length > 0 || done.state.statuses.length !== state.statuses.length
  return isChanged ? { said: done, change: { _tag: "UpdateStatuses", base, built, over } } : null
}

const viewsOf = (state: BuildingState, base: TableId): ReadonlyArray<ViewId> => tableOf(state, base)?.views ?? []

/** A view is built once nothing is to be done for it, nor for the staging of its base. Aborted tasks will be done somewhere. */
const isThrough = (
  { builtWithout }: Variant,
  { tasks }: BuildingState,
  base: TableId,
  view: ViewId,
  finished: ReadonlyArray<TaskId>
): boolean =>
  !tasks.some((task) => {
    if (builtWithout === "aliveTasks" && task.state === "aborted") return false
    if (builtWithout === "unfinishedTasks" && finished.includes(task.id)) return false
    const isStaging = task.type === "process_staging" && task.base === base
    return task.view === view || (isStaging && builtWithout !== "ownTasks")
  })

const isOver = ({ clears }: Variant, { tasks }: BuildingState, base: TableId): boolean =>
  !tasks.some((task) => task.base === base && (clears === "withoutTasks" || task.type === "build_range"))

const filledIn = (said: Said, views: ReadonlyArray<ViewId>): Said => {
  const { statuses, normal } = said.state
  const missing = views.flatMap((view) =>
    normal
      .filter((node) => !statuses.some((row) => row.view === view && row.node === node))
      .map((node): StatusRow => ({ view, node, status: "STARTED" }))
  )
  return changed(said, { statuses: sortedStatuses([...statuses, ...missing]) })
}

/** SUCCESS on every normal node, and on every other that has a status: a node that is about to leave is still one of them. */
const succeeded = ({ succeeds }: Variant, said: Said, view: ViewId): Said => {
  const { statuses, normal } = said.state
  const others = statuses.filter((row) => row.view === view && !normal.includes(row.node)).map(({ node }) => node)
  const nodes = succeeds === "everyRow" ? [...normal, ...others] : normal
  const kept = statuses.filter((row) => row.view !== view || !nodes.includes(row.node))
  return changed(said, {
    statuses: sortedStatuses([...kept, ...nodes.map((node): StatusRow => ({ view, node, status: "SUCCESS" }))])
  })
}
