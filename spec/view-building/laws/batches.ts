/** Laws about what a shard works on: S1, S17, S19, S20, S26. */
import { history } from "../../law.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { type Batches, batches, batchOf, batchOn, wasDone } from "../memories/batches.ts"
import { type Flushes, flushes } from "../memories/flushes.ts"
import { isWithin, placeOf } from "../memories/places.ts"
import { taskNamed } from "../metadata.ts"
import { isMixed } from "./calls.ts"

export const S1 = history<ViewBuildingLabel, Batches>("VB-S1", {
  sentence:
    "A shard works on one batch at most, and all of its tasks are of one type, for one tablet, and for this shard.",
  source: "dossier view-building 4, S1; db/view/view_building_worker.hh",
  follows: batches,
  breaks: (before, label) => {
    if (label._tag !== "BatchBegan") return undefined
    const other = batchOn(before, label)
    return other === undefined
      ? isMixed(before, label, label.tasks)
      : `batch ${label.batch} starts on ${placeOf(label)}, and batch ${other.batch} is running`
  }
})

export const S17 = history<ViewBuildingLabel, Flushes>("VB-S17", {
  sentence: "What a shard reads to build a view has in it every row that was not sent on to that view as it came.",
  source: "dossier view-building 4, S17; db/view/view_building_worker.cc flush_base_table; scylladb commit e153b0e5ad",
  reading:
    "So the flush has begun after the view was known on the shard, and after every write and stream had come that knew nothing of it. Rows on their way into staging are left to their own task. A task that is gone is not judged: its view may be too.",
  follows: flushes,
  breaks: (before, label) => {
    if (label._tag !== "AttemptBegan") return undefined
    const batch = batchOf(before, label)
    if (batch?.type !== "build_range") return undefined
    const { state } = before
    const views = state === null ? [] : batch.tasks.flatMap((id) => taskNamed(state, id)?.view ?? [])
    for (const one of before.unflushed) {
      if (placeOf(one) !== placeOf(label) || one.base !== batch.base || one.to === "staging") continue
      const missed = views.find((view) => !one.views.includes(view))
      if (missed !== undefined && one.rows.some(({ token }) => isWithin(token, label)))
        return `${placeOf(label)} builds ${missed} without ${one.arrival}, which was not sent on to it`
    }
    return undefined
  }
})

export const S19 = history<ViewBuildingLabel, Batches>("VB-S19", {
  sentence: "A worker reports a task as done only after an attempt has succeeded with the task still in its batch.",
  source: "dossier view-building 4, S19; db/view/view_building_worker.cc clean_up_after_batch",
  follows: batches,
  breaks: (before, label) => {
    if (label._tag !== "CallAnswered" || label.answer._tag !== "Done") return undefined
    const undone = label.answer.tasks.find((id) => !wasDone(before, label, id))
    return undone === undefined ? undefined : `${placeOf(label)} reports task ${undone}, which it has not done`
  }
})

export const S20 = history<ViewBuildingLabel, Batches>("VB-S20", {
  sentence: "Once a worker is drained it works on nothing.",
  source:
    "dossier view-building 4, S20; db/view/view_building_worker.cc drain; scylladb commits 7aea524f52, dc1ffd2c10",
  reading: "That nobody waits in a circle, the rest of S20, is L6w and L7.",
  follows: batches,
  breaks: (before, label) => {
    if (label._tag === "Drained") {
      const left = before.running.find(({ node }) => node === label.node)
      return left === undefined ? undefined : `${label.node} is drained, and batch ${left.batch} is running`
    }
    if (label._tag !== "BatchBegan" && label._tag !== "AttemptBegan" && label._tag !== "SstableProcessed")
      return undefined
    return before.drained.includes(label.node) ? `${placeOf(label)} is drained and goes on working` : undefined
  }
})

export const S26 = history<ViewBuildingLabel, Batches>("VB-S26", {
  sentence: "A batch reads its data on the shard that owns it.",
  source: "dossier view-building 5, M20; scylladb commit 7dfb76f9a7, issue 25859",
  follows: batches,
  breaks: (_, label) =>
    label._tag === "AttemptBegan" && label.on !== label.shard
      ? `batch ${label.batch} of ${placeOf(label)} reads on shard ${label.on}`
      : undefined
})
