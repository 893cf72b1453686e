/** Laws about how far views are said to be: S8, S9, S10, S10n. */
import { history } from "../../law.ts"
import { sameReplica } from "../../metadata.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { type Coverage, coverage, isCovered } from "../memories/coverage.ts"
import { type GroupZero, groupZero } from "../memories/group-zero.ts"
import { type Nodes, nodes } from "../memories/nodes.ts"
import { placeOf } from "../memories/places.ts"
import { type BuildingState, isBuilt, rangesOf, statusesOf } from "../metadata.ts"

const viewsOf = (state: BuildingState) => state.tables.flatMap(({ views }) => views)

export const S8 = history<ViewBuildingLabel, Coverage>("VB-S8", {
  sentence:
    "While a view is not built, each replica of each tablet of its base has a task for it, or is through with it.",
  source: "dossier view-building 4, S8; scylladb issue 21564",
  reading:
    "A replica is through with a tablet once an attempt for the view went through its tokens there, or where it took over from one that was. Views that were there before anybody looked are not judged.",
  follows: coverage,
  breaks: (before, label, after) => {
    if (label._tag !== "Committed" || before.state === null) return undefined
    const { state } = label
    for (const table of state.tables)
      for (const view of table.views.filter((one) => !isBuilt(state, one)))
        for (const tablet of rangesOf(table)) {
          const { lastToken } = tablet
          const bare = tablet.replicas.find(
            (replica) =>
              !state.tasks.some(
                (task) => task.view === view && task.lastToken === lastToken && sameReplica(task.replica, replica)
              ) && !isCovered(after, view, replica, tablet)
          )
          if (bare !== undefined) return `nobody builds ${view} from tablet ${lastToken} on ${placeOf(bare)}`
        }
    return undefined
  }
})

export const S9 = history<ViewBuildingLabel, GroupZero>("VB-S9", {
  sentence:
    "A view becomes built only when nothing is left to be done for it: no task of its own, aborted or not, and no staging task of its base.",
  source: "dossier view-building 4, S9; db/view/view_building_coordinator.cc update_views_statuses",
  reading:
    "A view of a base that is known to be empty is built as it is created; whether the base was empty is for D1.",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed" || before.state === null) return undefined
    const { state } = before
    for (const { base, views } of label.state.tables)
      for (const view of views) {
        if (!isBuilt(label.state, view) || isBuilt(state, view) || !viewsOf(state).includes(view)) continue
        const left = state.tasks.find(
          (task) => task.view === view || (task.type === "process_staging" && task.base === base)
        )
        if (left !== undefined) return `${view} is built, and task ${left.id} is still there`
      }
    return undefined
  }
})

export const S10 = history<ViewBuildingLabel, GroupZero>("VB-S10", {
  sentence:
    "All nodes have the same status of a view; every normal node has one if any has; and what is built stays built.",
  source: "dossier view-building 4, S10; service/topology_coordinator.cc mark_view_build_statuses_on_node_join",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    const { state } = label
    for (const view of viewsOf(state)) {
      const rows = statusesOf(state, view)
      if (new Set(rows.map(({ status }) => status)).size > 1) return `${view} is built on some nodes and not on others`
      const without =
        rows.length === 0 ? undefined : state.normal.find((node) => !rows.some((row) => row.node === node))
      if (without !== undefined) return `${without} has no status of ${view}`
      const undone = rows.find(
        (row) =>
          row.status === "STARTED" &&
          before.state?.statuses.some((was) => was.view === view && was.node === row.node && was.status === "SUCCESS")
      )
      if (undone !== undefined) return `${view} was built on ${undone.node} and is not any more`
    }
    return undefined
  }
})

export const S10n = history<ViewBuildingLabel, Nodes>("VB-S10n", {
  sentence: "No node takes a view for built before every status of it says so.",
  source: "dossier view-building 4, S10; db/view/view_building_worker.cc update_built_views",
  reading: "What group 0 has said once is enough, for a node may be behind; a view that was dropped is not judged.",
  follows: nodes,
  breaks: (before, label) => {
    if (label._tag !== "BuiltViewsWritten" || before.state === null) return undefined
    const { state } = before
    const early = label.views.find((view) => viewsOf(state).includes(view) && !isBuilt(state, view))
    return early === undefined ? undefined : `${label.node} takes ${early} for built, and it is not`
  }
})
