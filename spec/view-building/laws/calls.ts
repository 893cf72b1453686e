/** Laws about calls: S2, S3w, S12, S22, S24, S27. */
import { history } from "../../law.ts"
import type { Replica } from "../../metadata.ts"
import type { TaskId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { batchOn } from "../memories/batches.ts"
import { type Calls, calls } from "../memories/calls.ts"
import { type GroupZero, knownTask } from "../memories/group-zero.ts"
import { placeOf } from "../memories/places.ts"
import { callOf, type Served, served } from "../memories/served.ts"
import { collector, type Spent, spent } from "../memories/spent.ts"
import { collectEveryMs } from "../messages.ts"
import { type Task, tableOf, tabletNamed, taskNamed } from "../metadata.ts"

/** What tasks of one batch must have in common. */
export const kindOf = ({ type, base, replica, lastToken }: Task): string =>
  `${type} of tablet ${lastToken} of ${base} on ${placeOf(replica)}`

/** Why tasks do not belong together, or not here. */
export const isMixed = (memory: GroupZero, here: Replica, tasks: ReadonlyArray<TaskId>): string | undefined => {
  const known = tasks.flatMap((id) => knownTask(memory, id) ?? [])
  const away = known.find(({ replica }) => placeOf(replica) !== placeOf(here))
  if (away !== undefined) return `task ${away.id} is for ${placeOf(away.replica)}, not for ${placeOf(here)}`
  const [first, ...others] = known
  const other = others.find((task) => first !== undefined && kindOf(task) !== kindOf(first))
  return first === undefined || other === undefined
    ? undefined
    : `task ${first.id} and task ${other.id} do not belong together on ${placeOf(here)}`
}

export const S2 = history<ViewBuildingLabel, Calls>("VB-S2", {
  sentence:
    "A coordinator has one call out to a replica at most, and what it asks for belongs together: one type, one base, one tablet.",
  source:
    "dossier view-building 4, S2; db/view/view_building_coordinator.cc work_on_view_building, select_tasks_for_replica",
  follows: calls,
  breaks: (before, label) => {
    if (label._tag !== "CallSent") return undefined
    const other = before.out.find(({ term, ...to }) => term === label.term && placeOf(to) === placeOf(label))
    return other === undefined
      ? isMixed(before, label, label.tasks)
      : `call ${label.call} goes to ${placeOf(label)}, and call ${other.call} has not come back`
  }
})

export const S3w = history<ViewBuildingLabel, Served>("VB-S3w", {
  sentence: "A batch starts for nobody but the coordinator of the term that its worker knows when it has caught up.",
  source: "dossier view-building 4, S3; db/view/view_building_worker.cc work_on_tasks; scylladb commit fb8cbf1615",
  follows: served,
  breaks: (before, label) => {
    if (label._tag !== "BatchBegan" || label.call === null) return undefined
    const call = callOf(before, { ...label, call: label.call })
    if (call === undefined) return undefined
    if (call.barrier === null)
      return `batch ${label.batch} starts for call ${call.call}, and ${placeOf(label)} has not caught up`
    return call.term === call.barrier
      ? undefined
      : `batch ${label.batch} starts for a coordinator of term ${call.term ?? "unknown"}, and the term is ${call.barrier}`
  }
})

export const S12 = history<ViewBuildingLabel, Calls>("VB-S12", {
  sentence:
    "A coordinator asks for tasks that are there and not aborted, of tablets that are in no transition, on hosts that it believes to be up.",
  source: "dossier view-building 4, S12; db/view/view_building_coordinator.cc select_tasks_for_replica",
  reading:
    "As group 0 stood where the guard was taken that it holds: whoever commits after that makes the guard worthless for a commit, and takes back no call. Any transition counts, a repair too.",
  follows: calls,
  breaks: (before, label) => {
    if (label._tag !== "CallSent") return undefined
    const leader = before.leaders.find(({ term }) => term === label.term)
    if (leader === undefined) return undefined
    const { guarded } = leader
    if (guarded === null) return `call ${label.call} is sent under no guard`
    if (before.down.some(({ by, node }) => by === leader.node && node === label.node))
      return `call ${label.call} goes to ${label.node}, which is believed to be down`
    if (guarded === "unseen") return undefined
    for (const id of label.tasks) {
      const task = taskNamed(guarded, id)
      if (task === undefined) return `call ${label.call} asks for task ${id}, which is not there`
      if (task.state === "aborted") return `call ${label.call} asks for task ${id}, which is aborted`
      const tablet = tabletNamed(tableOf(guarded, task.base), task.lastToken)
      if (tablet?.transition !== null) return `call ${label.call} asks for task ${id}, whose tablet is in transition`
    }
    return undefined
  }
})

export const S22 = history<ViewBuildingLabel, Calls>("VB-S22", {
  sentence: "After a call to a replica has failed, its coordinator leaves the replica alone for a second.",
  source: "dossier view-building 5, M22; scylladb commit 4a5b1ab40a, issue 26686",
  follows: calls,
  breaks: (before, label) => {
    if (label._tag !== "CallSent") return undefined
    const failed = before.failed.find(({ term, ...to }) => term === label.term && placeOf(to) === placeOf(label))
    return failed === undefined
      ? undefined
      : `call ${label.call} goes to ${placeOf(label)} ${failed.ms} ms after one has failed`
  }
})

export const S24 = history<ViewBuildingLabel, Spent>("VB-S24", {
  sentence: `A coordinator tries to collect once in ${collectEveryMs} ms at most, whether it succeeds or not.`,
  source: "dossier view-building 5, M47 and M23; db/view/view_building_coordinator.cc finished_task_gc_fiber",
  follows: spent,
  breaks: ({ tries }, label) => {
    const term = collector(label)
    const last = tries.find((tried) => tried.term === term)
    return last === undefined ? undefined : `the coordinator of term ${term} collects again after ${last.ms} ms`
  }
})

export const S27 = history<ViewBuildingLabel, Served>("VB-S27", {
  sentence: "A call for a task that is being worked on is not turned away: it waits for the batch.",
  source: "dossier view-building 5, M59, and 2.3; db/view/view_building_worker.cc work_on_tasks",
  reading: "One task in common is enough, whatever else is asked for.",
  follows: served,
  breaks: (before, label) => {
    if (label._tag !== "CallAnswered" || label.answer._tag !== "Refused") return undefined
    const { reason } = label.answer
    const batch = batchOn(before, label)
    const call = callOf(before, label)
    const common = batch?.tasks.find((id) => call?.tasks.includes(id))
    return common !== undefined && (reason === "Busy" || reason === "TaskNotFound")
      ? `call ${label.call} is refused with ${reason}, and ${placeOf(label)} is working on task ${common}`
      : undefined
  }
})
