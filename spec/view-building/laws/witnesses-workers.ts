/** What workers must come to do, so that no law about them holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { batches, batchOf } from "../memories/batches.ts"
import { flushes } from "../memories/flushes.ts"
import { knownTask } from "../memories/group-zero.ts"
import { placeOf } from "../memories/places.ts"
import { rows } from "../memories/rows.ts"
import { callOf, served } from "../memories/served.ts"
import { staging } from "../memories/staging.ts"
import { isBuilt } from "../metadata.ts"
import { witness } from "./witness.ts"

export const W21 = witness(
  21,
  "A batch begins on a shard that has had one before.",
  "S1, S26",
  batches,
  (before, label) => label._tag === "BatchBegan" && before.done.some((place) => placeOf(place) === placeOf(label))
)

export const W22 = witness(
  22,
  "A call is turned away, for its coordinator is not the newest.",
  "S3w",
  served,
  (_, label) => label._tag === "CallAnswered" && label.answer._tag === "Refused" && label.answer.reason === "StaleTerm"
)

export const W23 = witness(
  23,
  "A call waits for a batch that another call has started.",
  "S27, L6w",
  served,
  (before, label) =>
    label._tag === "CallAttached" &&
    before.calls.some(
      (call) => call.batch === label.batch && call.call !== label.call && placeOf(call) === placeOf(label)
    )
)

export const W24 = witness(
  24,
  "A call comes back with fewer tasks than it has asked for.",
  "S19",
  served,
  (before, label) => {
    if (label._tag !== "CallAnswered" || label.answer._tag !== "Done") return false
    return label.answer.tasks.length < (callOf(before, label)?.tasks.length ?? 0)
  }
)

export const W25 = witness(
  25,
  "A call is answered at once, for its task was done before it came.",
  "S19",
  served,
  (before, label) => {
    if (label._tag !== "CallAnswered" || label.answer._tag !== "Done") return false
    const call = callOf(before, label)
    return label.answer.tasks.length > 0 && call?.barrier === null && call.batch === null
  }
)

export const W26 = witness(
  26,
  "A batch goes on without one of its tasks.",
  "L6o",
  batches,
  (before, label) =>
    label._tag === "TasksDropped" && (batchOf(before, label)?.tasks.some((id) => !label.tasks.includes(id)) ?? false)
)

export const W27 = witness(
  27,
  "A batch is aborted, for nothing is left in it.",
  "L6o, S20",
  batches,
  (_, label) => label._tag === "BatchEnded" && label.how === "aborted"
)

export const W28 = witness(
  28,
  "An attempt fails, and another of the same batch begins.",
  "S19",
  batches,
  (before, label) => label._tag === "AttemptEnded" && !label.ok && (batchOf(before, label)?.tasks.length ?? 0) > 0
)

export const W29 = witness(
  29,
  "A view is built from a tablet whose rows have come before the view was known.",
  "S17, D1",
  flushes,
  (before, label) => {
    if (label._tag !== "FlushBegan") return false
    return before.unflushed.some(
      (one) =>
        placeOf(one) === placeOf(label) &&
        one.is === "inMemtable" &&
        before.state?.tasks.some(({ view }) => view !== null && !one.views.includes(view)) === true
    )
  }
)

export const W30 = witness(
  30,
  "A shard flushes a second time, for another view.",
  "S17",
  flushes,
  (before, label) =>
    label._tag === "FlushEnded" &&
    label.views.length > 0 &&
    before.done.some(
      ({ task, ...place }) =>
        placeOf(place) === placeOf(label) && label.views.some((view) => view !== knownTask(before, task)?.view)
    )
)

export const W31 = witness(
  31,
  "A batch chooses a staging sstable.",
  "S13, S15, L4",
  staging,
  (_, label) => label._tag === "AttemptBegan" && label.sstables.length > 0
)

export const W32 = witness(
  32,
  "A node that comes back finds a staging sstable on its disk.",
  "S14, L6r",
  staging,
  (before, label) => label._tag === "Discovered" && before.staging.some(({ node }) => node === label.node)
)

export const W33 = witness(
  33,
  "A staging sstable is put to a task that was there already.",
  "S16",
  staging,
  (_, label) =>
    label._tag === "Committed" &&
    label.change._tag === "RegisterStaging" &&
    label.change.tasks.length < new Set(label.change.sstables.map(({ task }) => task)).size
)

export const W34 = witness(
  34,
  "A row is deleted while a view that it may be in is being built.",
  "D2",
  rows,
  ({ state }, label) =>
    label._tag === "ArrivalBegan" &&
    label.rows.some(({ value }) => value === null) &&
    state?.tables.some(({ base, views }) => base === label.base && views.some((view) => !isBuilt(state, view))) === true
)

export const W35 = witness(
  35,
  "A base is truncated while a batch has read of it.",
  "D3",
  batches,
  (before, label) =>
    label._tag === "Truncated" && before.running.some(({ base, attempt }) => base === label.base && attempt !== null)
)

export const workerWitnesses: ReadonlyArray<SometimesLaw<ViewBuildingLabel>> = [
  W21,
  W22,
  W23,
  W24,
  W25,
  W26,
  W27,
  W28,
  W29,
  W30,
  W31,
  W32,
  W33,
  W34,
  W35
]
