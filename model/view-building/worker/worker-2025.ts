/**
 * What a worker of 2025 does otherwise: group 0 says which tasks were started, the observer starts batches of them, and a call
 * only waits for what becomes of its tasks.
 *
 * Source: dossier `view-building.md` 6, the column of August 2025; merge `7ccb50514d`.
 */
import { Effect } from "effect"
import { sameReplica } from "../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../spec/view-building/ids.ts"
import { type Task, taskNamed } from "../../../spec/view-building/metadata.ts"
import { become } from "../../kernel/role.ts"
import { absorbing, joined, starting } from "./batches.ts"
import { type Around, type Call, callNamed, type Doing, ids, type Shard, type ShardStep } from "./state.ts"
import { ending, flushing } from "./sync.ts"
import type { WorkerVariant } from "./variant.ts"

/** A call comes in, and waits: its batch may not be known yet. */
export const comes = ({ shard, seen }: Doing, { call, term, tasks }: Pick<Call, "call" | "term" | "tasks">): Doing => ({
  shard: { ...shard, calls: [...shard.calls, { call, term, tasks, step: "waiting", snapshot: null, batch: null }] },
  seen
})

/** Enabled when each task of a call is done or was dropped. The call learns of every one which it is. */
export const hears = (shard: Shard, call: CallId): ShardStep => {
  const known = callNamed(shard, call)
  if (known === undefined) return Effect.fail("NothingToDo" as const)
  const { shard: now } = shard.lock === null ? absorbing({ shard, seen: [] }) : { shard }
  const isOver = (id: TaskId): boolean => now.completed.includes(id) || now.dropped.includes(id)
  if (!known.tasks.every(isOver)) return Effect.fail("NothingToDo" as const)
  const tasks = known.tasks.filter((id) => now.completed.includes(id))
  const aborted = known.tasks.filter((id) => !now.completed.includes(id))
  return become<Shard, Doing["seen"][number]>(
    { ...now, calls: now.calls.filter((one) => one !== known) },
    {
      _tag: "CallAnswered",
      node: shard.node,
      shard: shard.shard,
      call,
      answer: { _tag: "Done", tasks, aborted }
    }
  )
}

/** O1 of 2025: drop what is gone or aborted, flush for a view that has come, and start what group 0 says was started. */
export const startingWhatIsStarted = (before: Doing, around: Around, variant: WorkerVariant): Doing => {
  const doing = withoutLost(absorbing(before), around)
  const { shard } = doing
  if (shard.lock !== null || shard.base === null) return doing
  const views = around.state.tables.find(({ base }) => base === shard.base)?.views ?? []
  if (views.some((view) => !shard.flushed.includes(view))) return flushing(doing, "observer", "views", around, variant)
  if (shard.batch !== null) return doing
  const started = around.state.tasks.filter(
    (task) =>
      task.state === "started" &&
      task.base === shard.base &&
      sameReplica(task.replica, shard) &&
      !shard.completed.includes(task.id)
  )
  return started.length === 0 ? doing : starting(doing, null, started)
}

const withoutLost = ({ shard, seen }: Doing, { state }: Around): Doing => {
  const isLost = (id: TaskId): boolean => (taskNamed(state, id)?.state ?? "aborted") === "aborted"
  const asked = shard.calls.flatMap(({ tasks }) => tasks.filter((id) => isLost(id) && !shard.completed.includes(id)))
  const dropped: Shard = { ...shard, dropped: joined(shard.dropped, asked) }
  const { batch } = shard
  const lost = batch?.phase === "done" ? [] : (batch?.tasks ?? []).filter(({ id }: Task) => isLost(id))
  if (batch === null || lost.length === 0) return { shard: dropped, seen }
  const tasks = batch.tasks.filter((task) => !lost.includes(task))
  const now: Doing = {
    shard: { ...dropped, dropped: joined(dropped.dropped, ids(lost)), batch: { ...batch, tasks } },
    seen: [
      ...seen,
      { _tag: "TasksDropped", node: shard.node, shard: shard.shard, batch: batch.batch, tasks: ids(lost) }
    ]
  }
  return tasks.length === 0 ? ending(now, "observer") : now
}
