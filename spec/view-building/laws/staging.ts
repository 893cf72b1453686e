/** Laws about staging sstables: S13, S14, S15, S16. */
import { history } from "../../law.ts"
import { pendingReplica, sameReplica } from "../../metadata.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { batchOf, wasDone } from "../memories/batches.ts"
import { placeOf } from "../memories/places.ts"
import { type Staging, type StagingSstable, sstableOf, staging } from "../memories/staging.ts"
import { type BuildingState, tableOf, tabletHolding, taskNamed } from "../metadata.ts"

export const S13 = history<ViewBuildingLabel, Staging>("VB-S13", {
  sentence: "No view update is made from a staging sstable where its tablet has yet to come to.",
  source: "dossier view-building 4, S13, and 3.6; scylladb issue 19149",
  reading:
    "The replica would not be asked for reads or writes yet, and its updates go nowhere. That no call is sent while the tablet is in transition is S12.",
  follows: staging,
  breaks: (before, label) => {
    if (label._tag !== "AttemptBegan" || label.sstables.length === 0 || before.state === null) return undefined
    for (const { sstable, base, token } of label.sstables.flatMap((id) => sstableOf(before, id) ?? [])) {
      const table = tableOf(before.state, base)
      const tablet = table === undefined ? undefined : tabletHolding(table, token)
      const pending = tablet === undefined ? undefined : pendingReplica(tablet)
      if (pending !== undefined && sameReplica(pending, label))
        return `${sstable} is processed on ${placeOf(label)}, where its tablet has yet to come to`
    }
    return undefined
  }
})

const hasTask = (state: BuildingState, { base, token, ...place }: StagingSstable): boolean => {
  const table = tableOf(state, base)
  const tablet = table === undefined ? undefined : tabletHolding(table, token)
  return state.tasks.some(
    (task) =>
      task.type === "process_staging" &&
      task.base === base &&
      task.lastToken === tablet?.lastToken &&
      sameReplica(task.replica, place)
  )
}

export const S14 = history<ViewBuildingLabel, Staging>("VB-S14", {
  sentence:
    "A staging sstable on the list of its shard has a task, for its tablet there; and whoever comes back finds all that he has on disk.",
  source: "dossier view-building 4, S14; db/view/view_building_worker.cc discover_local_staging_sstables",
  reading:
    "The task may be aborted: then it comes back, or the tablet goes away. That what waits to be registered is registered is L6r.",
  follows: staging,
  breaks: (_, label, after) => {
    if (label._tag === "Discovered") {
      const lost = after.staging.find(({ node, known }) => node === label.node && known === "disk")
      return lost === undefined ? undefined : `${label.node} has ${lost.sstable} in staging and does not know`
    }
    if (label._tag !== "Committed") return undefined
    const bare = after.staging.find((one) => one.known === "listed" && !hasTask(label.state, one))
    return bare === undefined
      ? undefined
      : `${bare.sstable} is in staging on ${placeOf(bare)}, and there is no task for it`
  }
})

export const S15 = history<ViewBuildingLabel, Staging>("VB-S15", {
  sentence: "A task chooses its staging sstables only when those that it was made for are on the list.",
  source:
    "dossier view-building 4, S15; db/view/view_building_worker.cc create_staging_sstable_tasks; scylladb commit c9aa5bb09c",
  reading:
    "A worker that fell, or does not know whether its command had effect, begins anew and finds another task; one that was made in vain does nothing.",
  follows: staging,
  breaks: (before, label) => {
    if (label._tag !== "AttemptBegan" || batchOf(before, label)?.type !== "process_staging") return undefined
    const early = before.promised.find(
      ({ sstable, task }) => label.tasks.includes(task) && sstableOf(before, sstable)?.known !== "listed"
    )
    return early === undefined
      ? undefined
      : `task ${early.task} is done without ${early.sstable}, which it was made for`
  }
})

export const S16 = history<ViewBuildingLabel, Staging>("VB-S16", {
  sentence: "A staging sstable is put to a task only if a batch with that task is still to come.",
  source:
    "dossier view-building 4, S16; db/view/view_building_worker.cc create_staging_sstable_tasks; scylladb commit 1df9972146",
  reading:
    "So not to one that is gone, done, or has chosen already; nor to one that is aborted as its worker looks, but for what was found on disk after a start. What becomes of a task behind the look, or behind the command that promised it, is not held against the worker. An sstable that is gone is owed nothing.",
  follows: staging,
  breaks: (before, label) => {
    if (before.state === null) return undefined
    if (label._tag === "Committed" && label.change._tag === "RegisterStaging") {
      const { state } = before
      const revived = label.change.sstables.find(({ task }) => taskNamed(state, task)?.state === "aborted")
      return revived === undefined ? undefined : `${revived.sstable} is put to task ${revived.task}, which is aborted`
    }
    return label._tag === "StagingListed" ? misplaced(before, label) : undefined
  }
})

const misplaced = (
  before: Staging,
  label: Extract<ViewBuildingLabel, { readonly _tag: "StagingListed" }>
): string | undefined => {
  const { sstable, task: id } = label
  const known = sstableOf(before, sstable)
  if (known === undefined || before.state === null) return undefined
  const isPromised = before.promised.some((one) => one.sstable === sstable && one.task === id)
  if (taskNamed(before.state, id) === undefined && !isPromised)
    return `${sstable} is put to task ${id}, which is not there`
  if (wasDone(before, label, id)) return `${sstable} is put to task ${id}, which is done`
  if (before.chosen.some((chosen) => chosen.task === id))
    return `${sstable} is put to task ${id}, which has chosen already`
  return !isPromised && known.known === "queued" && before.ruledOut.includes(id)
    ? `${sstable} is put to task ${id}, which is aborted`
    : undefined
}
