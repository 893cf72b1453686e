/** What each base table holds, and what each of its views does: the last write of every key, whoever has it. */
import type { Memory } from "../../law.ts"
import type { ArrivalId, SstableId, TableId, ViewId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { BaseRow, Row } from "../messages.ts"
import type { BuildingState } from "../metadata.ts"
import { isWithin, placeOf } from "./places.ts"

/** Rows that are not part of the base yet, as far as views are concerned: on their way, or in staging. */
export interface Apart {
  readonly of: ArrivalId | SstableId
  readonly place: string
  readonly base: TableId
  readonly staging: boolean
  readonly rows: ReadonlyArray<BaseRow>
}

/** The last write of each key, by key. */
export interface Held<Id> {
  readonly of: Id
  readonly rows: ReadonlyArray<Row>
}

export interface Rows {
  readonly state: BuildingState | null
  readonly bases: ReadonlyArray<Held<TableId>>
  readonly views: ReadonlyArray<Held<ViewId>>
  readonly apart: ReadonlyArray<Apart>
  /** What truncations have removed, for ever. */
  readonly cut: ReadonlyArray<{ readonly base: TableId; readonly row: Row }>
}

export const rowsIn = <Id>(all: ReadonlyArray<Held<Id>>, of: Id): ReadonlyArray<Row> =>
  all.find((held) => held.of === of)?.rows ?? []

/** The base of a view, as group 0 tells it. */
export const baseIn = ({ state }: Rows, view: ViewId): TableId | undefined =>
  state?.tables.find(({ views }) => views.includes(view))?.base

export const rows: Memory<Rows, ViewBuildingLabel> = {
  name: "rows",
  init: { state: null, bases: [], views: [], apart: [], cut: [] },
  on: (before, label) => {
    switch (label._tag) {
      case "Committed":
        return afterCommit(before, label.state)
      case "ArrivalBegan": {
        const { arrival, base, rows: coming, to } = label
        const apart = { of: arrival, place: placeOf(label), base, staging: to === "staging", rows: coming }
        return { ...before, apart: [...before.apart, apart] }
      }
      case "ArrivalEnded": {
        const come = apartOf(before, label.arrival, placeOf(label))
        if (come === undefined) return before
        if (!come.staging || label.sstable === null) return joined(before, come)
        const named: Apart = { ...come, of: label.sstable }
        return { ...before, apart: before.apart.map((one) => (one === come ? named : one)) }
      }
      case "SstableProcessed": {
        const processed = apartOf(before, label.sstable, placeOf(label))
        return processed === undefined ? before : joined(before, processed)
      }
      case "SstableReplaced": {
        const replaced = apartOf(before, label.sstable, placeOf(label))
        return { ...before, apart: before.apart.map((one) => (one === replaced ? { ...one, of: label.by } : one)) }
      }
      case "ViewWritten":
        return { ...before, views: adding(before.views, label.view, label.rows) }
      case "TabletCleaned":
        return {
          ...before,
          apart: before.apart.filter(
            (one) =>
              one.base !== label.base ||
              one.place !== placeOf(label) ||
              one.rows.some(({ token }) => !isWithin(token, label))
          )
        }
      case "Truncated":
        return truncated(before, label.base)
      case "Stopped":
        return {
          ...before,
          apart: before.apart.filter(({ place, staging }) => staging || !place.startsWith(`${label.node}.`))
        }
      default:
        return before
    }
  }
}

const plain = ({ key, timestamp, value }: Row): Row => ({ key, timestamp, value })

const apartOf = ({ apart }: Rows, of: ArrivalId | SstableId, place: string): Apart | undefined =>
  apart.find((one) => one.of === of && one.place === place)

const joined = (before: Rows, come: Apart): Rows => ({
  ...before,
  apart: before.apart.filter((one) => one !== come),
  bases: adding(before.bases, come.base, come.rows)
})

/** What is dropped from the schema takes its rows along. */
const afterCommit = (before: Rows, state: BuildingState): Rows => {
  const bases = state.tables.map(({ base }) => base)
  const views = state.tables.flatMap((table) => table.views)
  return {
    state,
    bases: before.bases.filter(({ of }) => bases.includes(of)),
    views: before.views.filter(({ of }) => views.includes(of)),
    apart: before.apart.filter(({ base }) => bases.includes(base)),
    cut: before.cut.filter(({ base }) => bases.includes(base))
  }
}

const truncated = (before: Rows, base: TableId): Rows => {
  const views = before.state?.tables.find((table) => table.base === base)?.views ?? []
  const staged = before.apart.filter((one) => one.base === base && one.staging)
  const gone = [...rowsIn(before.bases, base), ...staged.flatMap((one) => one.rows)]
  return {
    ...before,
    bases: before.bases.filter(({ of }) => of !== base),
    views: before.views.filter(({ of }) => !views.includes(of)),
    apart: before.apart.filter((one) => !staged.includes(one)),
    cut: [...before.cut, ...gone.map((row) => ({ base, row: plain(row) }))]
  }
}

const adding = <Id extends string>(
  all: ReadonlyArray<Held<Id>>,
  of: Id,
  more: ReadonlyArray<Row>
): ReadonlyArray<Held<Id>> => {
  if (more.length === 0) return all
  const newest = [...rowsIn(all, of), ...more.map(plain)]
    .filter((row, _, others) => !others.some((other) => other.key === row.key && other.timestamp > row.timestamp))
    .filter((row, index, others) => others.findIndex(({ key }) => key === row.key) === index)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
  return [...all.filter((held) => held.of !== of), { of, rows: newest }].sort((one, other) =>
    one.of < other.of ? -1 : 1
  )
}
