/** The schema layer: tables and views come and go, and tasks and statuses with them. Source: dossier view-building 2.1 t1 and t4, 3.5. */
import type { TableId, ViewId } from "../../../spec/view-building/ids.ts"
import { baseOf, type Table } from "../../../spec/view-building/metadata.ts"
import { adding, changed, known, type Said, without, withTable } from "../said.ts"
import type { Variant } from "../variant.ts"

/**
 * A view with a task for each present replica of each tablet, in one command.
 *
 * Where the base is known to be empty it is built at once (Alternator). Source: service/migration_manager.cc
 * add_view_building_tasks_mutations, alternator/executor.cc mark_view_schemas_as_built.
 */
export const viewCreated = (variant: Variant, said: Said, base: TableId, view: ViewId, empty: boolean): Said => {
  const table = known(said, base)
  const there = withTable(said, { ...table, views: [...table.views, view].sort() })
  if (empty || variant.instantBuild === "always") {
    const built = there.state.normal.map((node) => ({ view, node, status: "SUCCESS" as const }))
    return changed(there, { statuses: sortedStatuses([...there.state.statuses, ...built]) })
  }
  const tasks = table.tablets.flatMap(({ lastToken, replicas }) =>
    replicas.map((replica) => ({ type: "build_range" as const, base, view, replica, lastToken }))
  )
  return adding(variant, there, tasks)
}

/** Tasks and statuses of the view go with it; staging tasks of its base stay. Source: schema_tables.cc make_update_indices_mutations. */
export const viewDropped = (variant: Variant, said: Said, view: ViewId): Said => {
  const table = baseOf(said.state, view)!
  const gone = withTable(said, { ...table, views: table.views.filter((other) => other !== view) })
  return forgetting(variant, gone, [view])
}

/** A table can be dropped once it has no views. Source: service/migration_manager.cc prepare_column_family_drop_announcement. */
export const tableDropped = (variant: Variant, said: Said, base: TableId): Said => {
  const gone = withoutTable(said, base)
  return variant.dropTable === "keepsStaging" ? gone : without(gone, (task) => task.base === base)
}

/** Tables with their views, and everything that is left to do for them. */
export const keyspaceDropped = (variant: Variant, said: Said, bases: ReadonlyArray<TableId>): Said => {
  const views = said.state.tables.flatMap((table) => (bases.includes(table.base) ? table.views : []))
  const gone = forgetting(variant, bases.reduce(withoutTable, said), views)
  return without(gone, (task) => bases.includes(task.base))
}

const withoutTable = (said: Said, base: TableId): Said =>
  changed(said, { tables: said.state.tables.filter((table: Table) => table.base !== base) })

const forgetting = (variant: Variant, said: Said, views: ReadonlyArray<ViewId>): Said => {
  const statuses = said.state.statuses.filter(({ view }) => !views.includes(view))
  const forgotten = changed(said, { statuses })
  return variant.dropsTasks === "never"
    ? forgotten
    : without(forgotten, ({ view }) => view !== null && views.includes(view))
}

/** By view, then by node. */
export const sortedStatuses = (rows: Said["state"]["statuses"]): Said["state"]["statuses"] =>
  [...rows].sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))

const textOf = ({ view, node }: Said["state"]["statuses"][number]): string => `${view} ${node}`
