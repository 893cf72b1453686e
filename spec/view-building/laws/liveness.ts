/** Laws about waiting: L1 to L7. */
import { leadsTo } from "../../law.ts"
import { sameReplica } from "../../metadata.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { type Calls, calls } from "../memories/calls.ts"
import { type GroupZero, groupZero } from "../memories/group-zero.ts"
import { type Nodes, nodeAt, nodes } from "../memories/nodes.ts"
import { placeOf } from "../memories/places.ts"
import { type Served, served } from "../memories/served.ts"
import { type Staging, staging } from "../memories/staging.ts"
import { statusesOf, tableOf, tabletNamed, taskNamed } from "../metadata.ts"

/** Everything that the environment owes; what needs less says so. */
const all = ["VB-F1", "VB-F2", "VB-F3", "VB-F4", "VB-F5", "VB-F6", "VB-F7", "VB-F8", "VB-F9", "VB-F10", "VB-F11"]

export const L1 = leadsTo<ViewBuildingLabel, GroupZero>("VB-L1", {
  sentence: "Every task is deleted in the end.",
  source: "dossier view-building 4, L1",
  given: all,
  follows: groupZero,
  pending: ({ state }) => {
    const [task] = state?.tasks ?? []
    return task === undefined ? undefined : `task ${task.id} for ${placeOf(task.replica)} is still there`
  }
})

export const L2 = leadsTo<ViewBuildingLabel, Nodes>("VB-L2", {
  sentence: "Every view is built in the end, and every node takes it for built.",
  source: "dossier view-building 4, L2",
  given: all,
  follows: nodes,
  pending: ({ state, builtOn, stopped }) => {
    if (state === null) return undefined
    for (const view of state.tables.flatMap(({ views }) => views)) {
      const rows = statusesOf(state, view)
      const late = state.normal.find((node) => rows.find((row) => row.node === node)?.status !== "SUCCESS")
      if (late !== undefined) return `${view} is not built on ${late}`
      const blind = state.normal.find(
        (node) => !stopped.includes(node) && builtOn.find((known) => known.node === node)?.views.includes(view) !== true
      )
      if (blind !== undefined) return `${blind} does not take ${view} for built`
    }
    return undefined
  }
})

export const L3 = leadsTo<ViewBuildingLabel, GroupZero>("VB-L3", {
  sentence: "What was aborted for a transition is made anew or dropped in the end.",
  source:
    "dossier view-building 4, L3; db/view/view_building_coordinator.cc generate_tablet_migration_updates, rollback_aborted_tasks",
  given: ["VB-F1", "VB-F4", "VB-F10"],
  follows: groupZero,
  pending: ({ state }) => {
    const task = state?.tasks.find((one) => one.state === "aborted")
    return task === undefined ? undefined : `task ${task.id} is aborted, and nobody has made it anew`
  }
})

export const L4 = leadsTo<ViewBuildingLabel, Staging>("VB-L4", {
  sentence: "Every staging sstable is processed in the end.",
  source: "dossier view-building 4, L4",
  given: all,
  follows: staging,
  pending: ({ staging: [left] }) =>
    left === undefined ? undefined : `${left.sstable} is in staging on ${placeOf(left)}`
})

export const L5 = leadsTo<ViewBuildingLabel, GroupZero>("VB-L5", {
  sentence: "No base stays in hand for ever, so that every base has its turn.",
  source: "dossier view-building 4, L5; db/view/view_building_coordinator.cc update_state",
  given: all,
  follows: groupZero,
  pending: ({ state }) =>
    state === null || state.processing === null ? undefined : `${state.processing} is in hand, and does not go`
})

/** Why the newest coordinator should do something, and has not. */
const unasked = ({ state, leaders, out, down }: Calls): string | undefined => {
  const leader = leaders.at(-1)
  if (state === null || leader === undefined) return undefined
  if (state.processing === null) return state.tasks.length === 0 ? undefined : `there are tasks, and no base is in hand`
  const table = tableOf(state, state.processing)
  const task = state.tasks.find(
    ({ base, state: stands, lastToken, replica }) =>
      base === state.processing &&
      stands === "alive" &&
      tabletNamed(table, lastToken)?.transition === null &&
      !down.some(({ by, node }) => by === leader.node && node === replica.node)
  )
  const asked = (node: typeof task): boolean =>
    node !== undefined && out.some((call) => call.term === leader.term && sameReplica(call, node.replica))
  return task === undefined || asked(task)
    ? undefined
    : `task ${task.id} could be done, and nobody has asked ${placeOf(task.replica)}`
}

export const L6 = leadsTo<ViewBuildingLabel, Calls>("VB-L6", {
  sentence: "While there is something to be done a coordinator asks for it, whatever notice it has missed.",
  source: "dossier view-building 4, L6; db/view/view_building_coordinator.cc run; scylladb commit c7f65131bf",
  given: ["VB-F1", "VB-F4", "VB-F5", "VB-F6", "VB-F9"],
  follows: calls,
  pending: unasked
})

export const L6w = leadsTo<ViewBuildingLabel, Served>("VB-L6w", {
  sentence: "A call that waits for a batch is answered when the batch is over.",
  source: "dossier view-building 4, L6, and 5, M03; scylladb commit 8d0d53016c, issue 26204",
  given: ["VB-F9"],
  follows: served,
  pending: ({ calls: [...waiting], running }) => {
    const call = waiting.find(({ batch }) => batch !== null && !running.some((one) => one.batch === batch))
    return call === undefined ? undefined : `call ${call.call} waits on ${placeOf(call)} for a batch that is over`
  }
})

export const L6o = leadsTo<ViewBuildingLabel, Nodes>("VB-L6o", {
  sentence: "A batch lets go of a task that is gone or aborted.",
  source: "dossier view-building 4, L6; db/view/view_building_worker.cc check_for_aborted_tasks",
  given: ["VB-F1", "VB-F4", "VB-F7"],
  follows: nodes,
  pending: ({ state, running, stopped }) => {
    if (state === null) return undefined
    for (const batch of running) {
      const lost = batch.tasks.find((id) => (taskNamed(state, id)?.state ?? "aborted") === "aborted")
      if (lost !== undefined && !stopped.includes(batch.node))
        return `batch ${batch.batch} on ${placeOf(batch)} goes on with task ${lost}, which nobody wants`
    }
    return undefined
  }
})

export const L6r = leadsTo<ViewBuildingLabel, Staging>("VB-L6r", {
  sentence: "A staging sstable that waits to be registered is registered, whatever notice was missed.",
  source:
    "dossier view-building 4, L6; db/view/view_building_worker.cc run_staging_sstables_registrator; scylladb commit b4d794da96",
  reading: "A worker that is drained registers nothing any more: what is left on its disk is found when it comes back.",
  given: ["VB-F1", "VB-F2", "VB-F8"],
  follows: staging,
  pending: ({ staging: known, drained }) => {
    const queued = known.find((one) => one.known === "queued" && !drained.includes(one.node))
    return queued === undefined ? undefined : `${queued.sstable} waits on ${queued.node} to be registered`
  }
})

export const L7 = leadsTo<ViewBuildingLabel, Nodes>("VB-L7", {
  sentence: "No node is kept from applying what group 0 says.",
  source:
    "dossier view-building 4, L7; db/view/view_building_worker.cc run_view_building_state_observer; scylladb commit b43cb873f6",
  reading:
    "Nothing that a worker waits for may wait for the node to apply. A node that has stopped for the moment need not.",
  given: ["VB-F1", "VB-F4", "VB-F11"],
  follows: nodes,
  pending: (memory) => {
    const { at, state, applied, stopped } = memory
    if (at === null || state === null) return undefined
    const behind = applied.find(({ node }) => !stopped.includes(node) && (nodeAt(memory, node)?.at ?? at) < at)
    return behind === undefined ? undefined : `${behind.node} has applied ${behind.at}, and group 0 is at ${at}`
  }
})
