/** What a shard does about its batch: start it, try, end it, and take its tasks for completed (W5 to W7). */
import { Effect } from "effect"
import type { BatchId, CallId, TableId, TaskId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { isWithin } from "../../../spec/view-building/memories/places.ts"
import type { BaseRow, Row } from "../../../spec/view-building/messages.ts"
import {
  type BuildingState,
  type TabletRange,
  type Task,
  tableOf,
  tabletNamed
} from "../../../spec/view-building/metadata.ts"
import { become } from "../../kernel/role.ts"
import {
  type Attempt,
  type Batch,
  type Doing,
  freeBatch,
  ids,
  type Listed,
  type Shard,
  type ShardStep,
  withCall
} from "./state.ts"
import { held, newest, onDisk, type Sstable, type Store } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"

/** A batch of just these tasks. The call that asked for them waits for it; null where nobody did. */
export const starting = ({ shard, seen }: Doing, call: CallId | null, tasks: ReadonlyArray<Task>): Doing => {
  const [first] = tasks
  if (first === undefined) throw new TypeError("a batch of no tasks")
  const batch: Batch = { batch: freeBatch(shard), tasks, phase: "resting", attempt: null, aborting: false }
  const place = { node: shard.node, shard: shard.shard }
  const began: ViewBuildingLabel = {
    _tag: "BatchBegan",
    ...place,
    batch: batch.batch,
    call,
    type: first.type,
    base: first.base,
    lastToken: first.lastToken,
    tasks: ids(tasks)
  }
  const started: Doing = { shard: { ...shard, batch }, seen: [...seen, began] }
  return call === null ? started : attaching(started, call, batch)
}

export const attaching = ({ shard, seen }: Doing, call: CallId, { batch }: Batch): Doing => ({
  shard: withCall(shard, call, (was) => ({ ...was, step: "waiting", batch })),
  seen: [...seen, { _tag: "CallAttached", node: shard.node, shard: shard.shard, call, batch }]
})

/** W7: what is left in a batch that is done counts as completed, and there is no batch any more. */
export const absorbing = ({ shard, seen }: Doing): Doing => ({
  shard:
    shard.batch?.phase === "done"
      ? { ...shard, completed: joined(shard.completed, ids(shard.batch.tasks)), batch: null }
      : shard,
  seen
})

export const joined = (completed: ReadonlyArray<TaskId>, more: ReadonlyArray<TaskId>): ReadonlyArray<TaskId> =>
  [...new Set([...completed, ...more])].sort((one, other) => one - other)

/** The batch is over without result: whoever waits for it is told. */
export const aborted = ({ shard, seen }: Doing): Doing =>
  shard.batch === null
    ? { shard, seen }
    : {
        shard: { ...shard, batch: null },
        seen: [
          ...seen,
          { _tag: "BatchEnded", node: shard.node, shard: shard.shard, batch: shard.batch.batch, how: "aborted" }
        ]
      }

const tabletOf = (state: BuildingState, { base, lastToken }: Task): TabletRange | undefined =>
  tabletNamed(tableOf(state, base), lastToken)

/**
 * W5, its beginning: choose what to read, of the tablet as it is now, for the tasks that are left.
 *
 * Enabled when the batch rests and its tablet is there. A build reads every sstable, staging too; a staging batch reads the
 * sstables on the list whose last token is the tablet's.
 */
export const attemptBegins = (shard: Shard, state: BuildingState, store: Store, variant: WorkerVariant): ShardStep => {
  const { batch } = shard
  const [first] = batch?.tasks ?? []
  const tablet = first === undefined ? undefined : tabletOf(state, first)
  if (batch === null || batch.phase !== "resting" || first === undefined || tablet === undefined)
    return Effect.fail("NothingToDo" as const)
  const chosen = first.type === "build_range" ? [] : chosenFor(shard, first.base, tablet, variant)
  const rows = first.type === "build_range" ? built(store, first.base, tablet) : staged(store, first.base, chosen)
  const sstables = chosen.map(({ sstable }) => sstable)
  const all = tableOf(state, first.base)?.views ?? []
  const views =
    first.type === "build_range" ? all.filter((view) => batch.tasks.some((task) => task.view === view)) : all
  return become<Shard, ViewBuildingLabel>(
    {
      ...shard,
      batch: { ...batch, phase: "attempting", attempt: { sstables, rows, views } },
      listed: variant.unlists === "chosen" ? shard.listed.filter((one) => !chosen.includes(one)) : shard.listed
    },
    {
      _tag: "AttemptBegan",
      node: shard.node,
      shard: shard.shard,
      batch: batch.batch,
      on: variant.readsOn === "owner" ? shard.shard : (0 as Shard["shard"]),
      tasks: ids(batch.tasks),
      after: tablet.after,
      lastToken: tablet.lastToken,
      sstables,
      rows
    }
  )
}

const chosenFor = (
  { listed }: Shard,
  base: TableId,
  tablet: TabletRange,
  { finds }: WorkerVariant
): ReadonlyArray<Listed> =>
  listed.filter(
    (one) =>
      one.base === base && (finds === "byToken" ? isWithin(one.token, tablet) : one.lastToken === tablet.lastToken)
  )

const built = (store: Store, base: TableId, tablet: TabletRange): ReadonlyArray<BaseRow> =>
  newest(onDisk(store, base).filter(({ token }) => isWithin(token, tablet)))

/** What is staged and not outdone by what the base has besides. Other staging sstables are not looked at. */
const staged = (store: Store, base: TableId, chosen: ReadonlyArray<Listed>): ReadonlyArray<BaseRow> => {
  const isChosen = ({ sstable }: Sstable): boolean => chosen.some((one) => one.sstable === sstable)
  const rows = store.sstables.filter(isChosen).flatMap((one) => one.rows)
  const seen = { ...store, sstables: store.sstables.filter((one) => !one.staging || isChosen(one)) }
  return newest(held(seen, base)).filter((row) =>
    rows.some(({ key, timestamp }) => key === row.key && timestamp === row.timestamp)
  )
}

/**
 * W5, its end, and W6: every replica of every view has acknowledged what was read, or something failed.
 *
 * After a failure the batch rests, and tries again. After a success it is done with what is left in it. Where it was told to
 * end meanwhile it ends without result, whatever became of the attempt.
 */
export const attemptEnded = ({ shard, seen }: Doing, ok: boolean, variant: WorkerVariant): Doing => {
  const { batch } = shard
  if (batch === null || batch.attempt === null) throw new TypeError("nobody attempts anything")
  const { attempt } = batch
  const place = { node: shard.node, shard: shard.shard }
  const over: ViewBuildingLabel = { _tag: "AttemptEnded", ...place, batch: batch.batch, ok }
  const rested: Shard = { ...shard, batch: { ...batch, phase: "resting", attempt: null } }
  if (!ok) {
    const failed = { shard: rested, seen: [...seen, over] }
    return batch.aborting ? aborted(failed) : failed
  }
  const written = variant.acknowledged === "byReplicas" ? writes(shard, batch.batch, attempt) : []
  const processed = attempt.sstables.map(
    (sstable): ViewBuildingLabel => ({ _tag: "SstableProcessed", ...place, sstable })
  )
  const succeeded: Doing = {
    shard: { ...rested, listed: shard.listed.filter(({ sstable }) => !attempt.sstables.includes(sstable)) },
    seen: [...seen, ...written, ...processed, over]
  }
  if (batch.aborting) return aborted(succeeded)
  return {
    shard: { ...succeeded.shard, batch: { ...batch, phase: "done", attempt: null } },
    seen: [...succeeded.seen, { _tag: "BatchEnded", ...place, batch: batch.batch, how: "done" }]
  }
}

/** A build writes what is alive; what a staging sstable deletes is deleted in the views too. */
const writes = (shard: Shard, batch: BatchId, { rows, views, sstables }: Attempt): ReadonlyArray<ViewBuildingLabel> => {
  const written = rows
    .map(({ key, timestamp, value }): Row => ({ key, timestamp, value }))
    .filter(({ value }) => value !== null || sstables.length > 0)
  return written.length === 0
    ? []
    : views.map((view) => ({ _tag: "ViewWritten", node: shard.node, shard: shard.shard, batch, view, rows: written }))
}
