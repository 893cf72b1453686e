/** Laws about what group 0 is told to say of tasks: S3, S4, S5, S6, S7, S11, S18, S21, S23, S25. */
import { history } from "../../law.ts"
import { leavingReplica, pendingReplica, sameReplica } from "../../metadata.ts"
import type { TaskId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { type Batches, batches, wasDone } from "../memories/batches.ts"
import { type GroupZero, groupZero } from "../memories/group-zero.ts"
import { placeOf } from "../memories/places.ts"
import { type Spent, spent } from "../memories/spent.ts"
import type { Change } from "../messages.ts"
import { type BuildingState, baseOf, type Task, tableOf, tabletNamed, taskNamed } from "../metadata.ts"

/** The tasks that a change says are done. */
export const finishedBy = (change: Change): ReadonlyArray<TaskId> =>
  change._tag === "CollectTasks" || change._tag === "FinishTasks" ? change.tasks : []

export const S3 = history<ViewBuildingLabel, GroupZero>("VB-S3", {
  sentence: "Once a coordinator has committed anything, no coordinator of an earlier term does.",
  source: "dossier view-building 4, S3; service/topology_coordinator.cc fence_previous_coordinator",
  reading:
    "The first thing that a coordinator commits is its fence. Before that, one command of its predecessor may still win. That no batch starts for an old one is S3w.",
  follows: groupZero,
  breaks: ({ term }, label) =>
    label._tag === "Committed" && label.by._tag === "Coordinator" && term !== null && label.by.term < term
      ? `the coordinator of term ${label.by.term} commits after that of term ${term}`
      : undefined
})

export const S4 = history<ViewBuildingLabel, Batches>("VB-S4", {
  sentence:
    "A task's id is used once. It is deleted as done once, while its row is there, and a worker on its replica has done it.",
  source: "dossier view-building 4, S4; db/view/view_building_coordinator.cc clean_finished_tasks",
  follows: batches,
  breaks: (before, label) => {
    if (label._tag !== "Committed" || before.state === null) return undefined
    const { state } = before
    const again = label.state.tasks.find(
      ({ id }) => taskNamed(state, id) === undefined && before.known.some((known) => known.id === id)
    )
    if (again !== undefined) return `task ${again.id} was deleted and is there again`
    for (const id of finishedBy(label.change)) {
      const task = taskNamed(state, id)
      if (task === undefined) return `task ${id} is deleted as done and was not there`
      if (!wasDone(before, task.replica, id))
        return `task ${id} is deleted as done, and ${placeOf(task.replica)} has not done it`
    }
    return undefined
  }
})

export const S5 = history<ViewBuildingLabel, GroupZero>("VB-S5", {
  sentence: "What was aborted is never deleted as done, and is never alive again under its id.",
  source:
    "dossier view-building 4, S5; db/view/view_building_coordinator.cc clean_finished_tasks, rollback_aborted_tasks",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    const finished = finishedBy(label.change)
    for (const { id, state } of before.state?.tasks ?? []) {
      if (state !== "aborted") continue
      const now = taskNamed(label.state, id)
      if (now === undefined && finished.includes(id)) return `task ${id} was aborted and is deleted as done`
      if (now !== undefined && now.state !== "aborted") return `task ${id} was aborted and is ${now.state} again`
    }
    return undefined
  }
})

const tabletOf = (state: BuildingState, { base, lastToken }: Task) => tabletNamed(tableOf(state, base), lastToken)

export const S6 = history<ViewBuildingLabel, GroupZero>("VB-S6", {
  sentence: "A task is aborted only while its tablet is in a transition that its replica leaves.",
  source:
    "dossier view-building 4, S6; service/topology_coordinator.cc handle_tablet_migration; scylladb commit 977fa91e3d",
  reading: "So the end of a transition, forwards or backwards, leaves nothing aborted behind.",
  follows: groupZero,
  breaks: (_, label) => {
    if (label._tag !== "Committed") return undefined
    for (const task of label.state.tasks) {
      if (task.state !== "aborted") continue
      const tablet = tabletOf(label.state, task)
      const leaving = tablet === undefined ? undefined : leavingReplica(tablet)
      if (leaving === undefined || !sameReplica(leaving, task.replica))
        return `task ${task.id} is aborted, and ${placeOf(task.replica)} does not leave tablet ${task.lastToken} of ${task.base}`
    }
    return undefined
  }
})

export const S7 = history<ViewBuildingLabel, GroupZero>("VB-S7", {
  sentence:
    "Every task is for a tablet that there is, and for a replica that has it; staging may also be where it is going to be.",
  source: "dossier view-building 4, S7; db/view/view_building_coordinator.cc generate_tablet_resize_updates",
  follows: groupZero,
  breaks: (_, label) => {
    if (label._tag !== "Committed") return undefined
    for (const task of label.state.tasks) {
      const tablet = tabletOf(label.state, task)
      if (tablet === undefined)
        return `task ${task.id} is for tablet ${task.lastToken} of ${task.base}, and there is none`
      const pending = task.type === "process_staging" ? pendingReplica(tablet) : undefined
      const places = pending === undefined ? tablet.replicas : [...tablet.replicas, pending]
      if (!places.some((place) => sameReplica(place, task.replica)))
        return `task ${task.id} is for ${placeOf(task.replica)}, which has no tablet ${task.lastToken} of ${task.base}`
    }
    return undefined
  }
})

export const S11 = history<ViewBuildingLabel, GroupZero>("VB-S11", {
  sentence:
    "A base comes in hand when none is and it has tasks, and goes out of hand when it has none. One never takes another's place.",
  source: "dossier view-building 4, S11; db/view/view_building_coordinator.cc update_state",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed" || before.state === null) return undefined
    const [was, is] = [before.state.processing, label.state.processing]
    if (was === is) return undefined
    const busy = (base: string): boolean => before.state?.tasks.some((task) => task.base === base) === true
    if (was !== null && is !== null) return `${is} takes the place of ${was}`
    if (is !== null) return busy(is) ? undefined : `${is} comes in hand and has no task`
    return was !== null && busy(was) ? `${was} goes out of hand and has tasks` : undefined
  }
})

export const S18 = history<ViewBuildingLabel, GroupZero>("VB-S18", {
  sentence: "No task's id is below the least that is looked at, and what is collected is just what is deleted.",
  source:
    "dossier view-building 4, S18; db/view/view_building_state.cc make_task_uuid_generator; scylladb issue SCYLLADB-657",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    const { change, state } = label
    const lost = state.minTask === null ? undefined : state.tasks.find(({ id }) => id < (state.minTask ?? 0))
    if (lost !== undefined) return `task ${lost.id} is below ${state.minTask}, and nobody looks at it`
    if (change._tag !== "CollectTasks" || before.state === null) return undefined
    const stray = before.state.tasks.find(({ id }) => taskNamed(state, id) === undefined && !change.tasks.includes(id))
    return stray === undefined ? undefined : `task ${stray.id} is deleted with those that were collected`
  }
})

export const S21 = history<ViewBuildingLabel, GroupZero>("VB-S21", {
  sentence:
    "One command does the whole of a change: whatever it drops or moves, it takes the tasks and statuses along.",
  source: "dossier view-building 4, S21; service/migration_manager.cc, service/topology_coordinator.cc",
  reading: "Judged by what is left over: a row of a view that there is not, or a status of a node that is no member.",
  follows: groupZero,
  breaks: (_, label) => {
    if (label._tag !== "Committed") return undefined
    const { state } = label
    const task = state.tasks.find(({ view }) => view !== null && baseOf(state, view) === undefined)
    if (task !== undefined) return `task ${task.id} is for ${task.view}, and there is no such view`
    const row = state.statuses.find(
      ({ view, node }) => baseOf(state, view) === undefined || !state.nodes.includes(node)
    )
    return row === undefined ? undefined : `${row.view} is ${row.status} on ${row.node}, and one of them is gone`
  }
})

export const S23 = history<ViewBuildingLabel, Spent>("VB-S23", {
  sentence: "A coordinator commits for a task once at most.",
  source: "dossier view-building 5, M23; scylladb commit eb04af5020, issue 26311",
  reading:
    "Who starts and finishes every task with a command of its own keeps others from group 0. Each command may be about many tasks.",
  follows: spent,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    const { change } = label
    if (change._tag !== "StartTasks" && change._tag !== "CollectTasks" && change._tag !== "FinishTasks")
      return undefined
    const twice = change.tasks.find((id) => before.tasks.includes(id))
    return twice === undefined ? undefined : `task ${twice} takes a second command of a coordinator`
  }
})

export const S25 = history<ViewBuildingLabel, GroupZero>("VB-S25", {
  sentence: "Every node can apply every command.",
  source: "dossier view-building 5, M28; scylladb commit a9b2baf36b, issue SCYLLADB-2026",
  reading: "Nothing is said of tasks before every node knows of them.",
  follows: groupZero,
  breaks: (_, label) =>
    label._tag === "ApplyFailed" ? `${label.node} cannot apply what group 0 says at ${label.at}` : undefined
})
