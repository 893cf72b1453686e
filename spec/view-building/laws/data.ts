/** Laws about rows: D1, D2, D3. They are what all of this is for. */
import { history } from "../../law.ts"
import type { ViewId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { baseIn, type Rows, rows, rowsIn } from "../memories/rows.ts"
import type { Row } from "../messages.ts"
import { isBuilt } from "../metadata.ts"

/** What a label may have made wrong: what a view holds, what its base does, or that somebody relies on it. */
const matters = ({ _tag }: ViewBuildingLabel): boolean =>
  _tag === "Committed" || _tag === "ArrivalEnded" || _tag === "SstableProcessed" || _tag === "ViewWritten"

const builtViews = ({ state }: Rows): ReadonlyArray<ViewId> =>
  state === null ? [] : state.tables.flatMap(({ views }) => views.filter((view) => isBuilt(state, view)))

/** The last write of a key in a view, if there is one. */
const inView = (memory: Rows, view: ViewId, key: string): Row | undefined =>
  rowsIn(memory.views, view).find((row) => row.key === key)

const isOnItsWay = (memory: Rows, view: ViewId, { key, timestamp }: Row): boolean =>
  memory.apart.some(
    ({ base, rows: coming }) =>
      base === baseIn(memory, view) && coming.some((row) => row.key === key && row.timestamp === timestamp)
  )

export const D1 = history<ViewBuildingLabel, Rows>("VB-D1", {
  sentence: "A view that is built lacks no row that its base has.",
  source: "dossier view-building, purpose; db/view/view_builder.cc; scylladb issue 22288",
  reading:
    "Rows in staging are not the base's yet, as far as its views are concerned, and rows on their way are nobody's.",
  follows: rows,
  breaks: (_, label, after) => {
    if (!matters(label)) return undefined
    for (const view of builtViews(after)) {
      const base = baseIn(after, view)
      if (base === undefined) continue
      const missing = rowsIn(after.bases, base).find(
        ({ key, timestamp, value }) => value !== null && (inView(after, view, key)?.timestamp ?? -1) < timestamp
      )
      if (missing !== undefined) return `${view} is built and lacks ${missing.key} of ${missing.timestamp}`
    }
    return undefined
  }
})

export const D2 = history<ViewBuildingLabel, Rows>("VB-D2", {
  sentence: "A view that is built has no row that its base has not: no ghosts.",
  source: "dossier view-building 4, S17, and 5, M14; scylladb commit e153b0e5ad, issue SCYLLADB-2781",
  reading: "A row that is on its way, or in staging, may be in the view already.",
  follows: rows,
  breaks: (_, label, after) => {
    if (!matters(label)) return undefined
    for (const view of builtViews(after)) {
      const base = baseIn(after, view)
      if (base === undefined) continue
      const ghost = rowsIn(after.views, view).find(
        (row) =>
          row.value !== null &&
          (rowsIn(after.bases, base).find(({ key }) => key === row.key)?.value ?? null) === null &&
          !isOnItsWay(after, view, row)
      )
      if (ghost !== undefined)
        return `${view} is built and has ${ghost.key} of ${ghost.timestamp}, which its base has not`
    }
    return undefined
  }
})

export const D3 = history<ViewBuildingLabel, Rows>("VB-D3", {
  sentence: "A row that a truncation has removed does not come to a view after it.",
  source: "dossier view-building 5, M34; test/cluster/test_view_building_coordinator.py test_truncate_while_building",
  follows: rows,
  breaks: (before, label) => {
    if (label._tag !== "ViewWritten") return undefined
    const base = baseIn(before, label.view)
    const risen = label.rows.find(({ key, timestamp }) =>
      before.cut.some((cut) => cut.base === base && cut.row.key === key && cut.row.timestamp === timestamp)
    )
    return risen === undefined
      ? undefined
      : `${risen.key} of ${risen.timestamp} was truncated, and comes to ${label.view}`
  }
})
