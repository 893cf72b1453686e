/** What the schema layer does to tasks and statuses, in the command that changes the schema (S21). Source: service/migration_manager.cc. */
import type { TableId, ViewId } from "../../../spec/view-building/ids.ts"
import { baseOf, type Tablet } from "../../../spec/view-building/metadata.ts"
import type { Draft } from "./draft.ts"

export const createTable = (draft: Draft, base: TableId, tablets: ReadonlyArray<Tablet>): void =>
  draft.setTable({ base, views: [], tablets })

/** A task for each replica of each tablet: as they are, not as a transition will leave them. `empty` for a base that has no rows. */
export const createView = (draft: Draft, base: TableId, view: ViewId, empty: boolean): void => {
  const table = draft.table(base)
  if (table === undefined) return
  draft.setTable({ ...table, views: [...table.views, view].sort() })
  if (!draft.has("VIEW_BUILDING_COORDINATOR")) return
  if (empty) for (const node of draft.normal) draft.setStatus(view, node, "SUCCESS")
  else
    for (const { lastToken, replicas } of table.tablets)
      for (const replica of replicas) draft.add({ type: "build_range", base, view, replica, lastToken })
}

/** The base's staging tasks stay: they are for every view. */
export const dropView = (draft: Draft, view: ViewId): void => {
  const table = baseOf(draft.before, view)
  if (table !== undefined) draft.setTable({ ...table, views: table.views.filter((one) => one !== view) })
  draft.remove((task) => task.view === view)
  draft.statuses = draft.statuses.filter((row) => row.view !== view)
}

/**
 * Drops tables with whatever there is to do for them.
 *
 * M40: shipped, a table that is dropped without its keyspace leaves its staging tasks behind, and the coordinator fails on the
 * missing tablets every second for ever. `leaves` does that.
 */
export const dropTables = (draft: Draft, bases: ReadonlyArray<TableId>, staging: "taken" | "leaves"): void => {
  const views = draft.tables.flatMap((table) => (bases.includes(table.base) ? table.views : []))
  draft.tables = draft.tables.filter(({ base }) => !bases.includes(base))
  draft.statuses = draft.statuses.filter(({ view }) => !views.includes(view))
  draft.remove(({ base, type }) => bases.includes(base) && (staging === "taken" || type === "build_range"))
}
