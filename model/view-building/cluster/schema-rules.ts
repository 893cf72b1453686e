/** Clients: what the bases hold, and what is asked of the schema layer. Source: dossier view-building 2.5 E1, E2 and E8. */

import { pendingReplica, type Replica, type Stage } from "../../../spec/metadata.ts"
import { ArrivalId, type TableId, type Token, type ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BaseRow, Change } from "../../../spec/view-building/messages.ts"
import { baseOf, type Table, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { keyspaceDropped, tableDropped, viewCreated, viewDropped } from "../changes/schema.ts"
import type { Said } from "../said.ts"
import type { Variant } from "../variant.ts"
import type { RowBound, SchemaStep } from "./bounds.ts"
import { type BuildingCells, shardAt } from "./cells.ts"
import { committing, type Firings, on, operator, type Setting } from "./setting.ts"

export const schemaRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  fillsIn(setting),
  ...(setting.bounds.schema.length > 0 ? [changes(setting)] : []),
  ...(setting.bounds.writes.length > 0 ? [writes(setting)] : [])
]

/** The first coordinator leads, and the bases have their rows, before anybody asks for a view. */
const fillsIn = ({ cells, bounds }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "clients fill the bases",
    { actor: "client", fair: "weak", reads: [cells.filled, cells.tables] },
    (filled, tables): Firings => {
      if (filled) return []
      const each = bounds.rows.flatMap((row, k) => homesOf(tables, row).map((home) => ({ ...home, row, k })))
      const held = cells.shards.map(({ place, replica, keeps }) => {
        const mine = each.filter((one) => one.place === place)
        const rows = mine.map(({ row }) => ({ base: row.base as TableId, row: baseRow(row) }))
        return { replica, mine, write: keeps(rows) }
      })
      return [
        {
          labels: [
            { _tag: "Elected", term: cells.coordinators[0]!.term, node: cells.nodes[0]!.name },
            ...held.flatMap(({ replica, mine }) =>
              mine.flatMap(({ row, k }) => arrival(replica, `row-${k + 1}`, row, []))
            )
          ],
          writes: [write(cells.filled, true), ...held.flatMap((one) => one.write)]
        }
      ]
    }
  )

export const baseRow = ({ key, token }: Pick<RowBound, "key" | "token">): BaseRow => ({
  key,
  timestamp: 1,
  value: "w",
  token: token as Token
})

const homesOf = (tables: ReadonlyArray<Table>, { base, token }: RowBound) => {
  const table = tables.find((known) => known.base === base)
  const tablet = table === undefined ? undefined : tabletHolding(table, token as Token)
  return (tablet?.replicas ?? []).map((replica) => ({ replica, place: `${replica.node}.${replica.shard}` }))
}

/** A write that comes to a replica, is sent on to the views that it knows, and is on disk at once. */
const arrival = (
  replica: Replica,
  name: string,
  row: RowBound,
  views: ReadonlyArray<ViewId>
): ReadonlyArray<ViewBuildingLabel> => {
  const written = baseRow(row)
  const id = ArrivalId.make(name)
  const { token: _, ...inView } = written
  return [
    { _tag: "ArrivalBegan", ...replica, arrival: id, base: row.base as TableId, rows: [written], views, to: "normal" },
    ...views.map((view): ViewBuildingLabel => ({ _tag: "ViewWritten", ...replica, batch: null, view, rows: [inView] })),
    {
      _tag: "ArrivalEnded",
      ...replica,
      arrival: id,
      sstable: `${name}@${replica.node}.${replica.shard}`
    } as ViewBuildingLabel
  ]
}

/** A write while views are being built: to every replica, and to the views that there are. */
const writes = ({ cells, bounds }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "a client writes",
    {
      actor: "client",
      fair: "none",
      reads: [cells.filled, cells.written, cells.tables]
    },
    (filled, written, tables): Firings => {
      const row = bounds.writes[written]
      const table = tables.find(({ base }) => base === row?.base)
      const tablet = row === undefined || table === undefined ? undefined : tabletHolding(table, row.token as Token)
      if (!filled || row === undefined || table === undefined || tablet === undefined) return []
      const pending = writesBoth(tablet.transition?.stage) ? pendingReplica(tablet) : undefined
      const targets = pending === undefined ? tablet.replicas : [...tablet.replicas, pending]
      const stored = { base: table.base, row: baseRow(row) }
      return [
        {
          labels: targets.flatMap((replica) => arrival(replica, `write-${written + 1}`, row, table.views)),
          writes: [
            write(cells.written, written + 1),
            ...targets.flatMap((replica) => shardAt(cells, replica).keeps([stored]))
          ]
        }
      ]
    }
  )

const writesBoth = (stage: Stage | undefined): boolean =>
  stage !== undefined && !["allow_write_both_read_old", "cleanup_target", "revert_migration", "repair"].includes(stage)

/** The next that is asked of the schema layer, at any moment. */
const changes = ({ cells, bounds, variant }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "the schema changes",
    { actor: "operator", fair: "weak", reads: [cells.filled, cells.asked, cells.head] },
    (filled, asked, { at, metadata }): Firings => {
      const step = bounds.schema[asked]
      if (!filled || step === undefined) return []
      const done = schemaStep(variant, metadata, step)
      if (done === null) return []
      const { label, write: committed } = committing(cells, at, operator, done.change, done.said)
      return [{ labels: [label], writes: [committed, write(cells.asked, asked + 1)] }]
    }
  )

const schemaStep = (
  variant: Variant,
  said: Said,
  step: SchemaStep
): { readonly change: Change; readonly said: Said } | null => {
  if ("create" in step) {
    const { create, of, empty = false } = step
    const [view, base] = [create as ViewId, of as TableId]
    return { change: { _tag: "CreateView", base, view, empty }, said: viewCreated(variant, said, base, view, empty) }
  }
  if ("drop" in step) {
    const view = step.drop as ViewId
    return baseOf(said.state, view) === undefined
      ? null
      : { change: { _tag: "DropView", view }, said: viewDropped(variant, said, view) }
  }
  if ("dropTable" in step) {
    const base = step.dropTable as TableId
    return tableOf(said.state, base)?.views.length === 0
      ? { change: { _tag: "DropTable", base }, said: tableDropped(variant, said, base) }
      : null
  }
  const bases = step.dropKeyspace.map((base) => base as TableId)
  return { change: { _tag: "DropKeyspace", bases }, said: keyspaceDropped(variant, said, bases) }
}

/** Nothing else begins before so much of the schema is there. */
export const begins = (bounds: Setting["bounds"], filled: boolean, asked: number): boolean =>
  filled && asked >= bounds.schemaFirst

/** What tells whether anything else may begin. */
export const beginning = ({ filled, asked }: BuildingCells) => [filled, asked] as const
