/**
 * Going over to another base, and flushing (W3). It may take several steps, in which the shard's mutex is held.
 *
 * `by` is whom the mutex is held for; `worker.ts` goes on for him once it is free.
 */
import type { TableId, ViewId } from "../../../spec/view-building/ids.ts"
import { tableOf } from "../../../spec/view-building/metadata.ts"
import { aborted, joined } from "./batches.ts"
import { type Around, type Doing, holding, ids, type Lock } from "./state.ts"
import type { WorkerVariant } from "./variant.ts"

const viewsOf = ({ state }: Around, base: TableId | null): ReadonlyArray<ViewId> =>
  base === null ? [] : (tableOf(state, base)?.views ?? [])

const locked = ({ shard, seen }: Doing, lock: Lock): Doing => ({ shard: { ...shard, lock }, seen })

/**
 * End the batch, if there is one, without result. The mutex is held until its attempt ends.
 *
 * Where the batch rests, or is done and nobody has absorbed it, it ends at once.
 */
export const ending = (doing: Doing, by: Lock["by"]): Doing => {
  const { batch } = doing.shard
  if (batch === null) return doing
  if (batch.phase === "done") return { ...doing, shard: { ...doing.shard, batch: null } }
  if (batch.phase === "resting") return aborted(doing)
  const told = { ...doing, shard: { ...doing.shard, batch: { ...batch, aborting: true } } }
  return locked(told, { by, awaits: "batch", ...holding })
}

/** W3: another base has come in hand. What was done for the last one is worth nothing for it (S19). */
export const goingOver = (
  doing: Doing,
  by: Lock["by"],
  base: TableId | null,
  around: Around,
  variant: WorkerVariant
): Doing => {
  const recorded =
    variant.onBaseChange === "recorded" ? joined(doing.shard.completed, ids(doing.shard.batch?.tasks ?? [])) : []
  const ended = ending(doing, by)
  const { shard } = ended
  if (shard.lock !== null) return { ...ended, shard: { ...shard, completed: recorded } }
  const completed = variant.onBaseChange === "recorded" ? joined(recorded, shard.completed) : []
  const gone = { ...ended, shard: { ...shard, base, completed, flushed: [] } }
  return base === null ? gone : flushing(gone, by, "base", around, variant)
}

/**
 * Flush the base, for the views that it has now (S17).
 *
 * First of all these are read; then whatever was on its way is waited for, since it knew less; then the flush begins.
 */
export const flushing = (
  doing: Doing,
  by: Lock["by"],
  flushes: "base" | "views",
  around: Around,
  variant: WorkerVariant
): Doing => {
  const { base } = doing.shard
  const awaited = around.coming.filter(
    (one) =>
      one.base === base && (variant.flushAwaits === "all" || one.stream === (variant.flushAwaits === "streamsOnly"))
  )
  const views = variant.flushFor === "firstOfAll" ? viewsOf(around, base) : null
  const arrivals = awaited.map(({ arrival }) => arrival)
  const held: Lock = { by, awaits: "arrivals", flushes, arrivals, views }
  return arrivals.length === 0 ? flushBegins(doing, held, around, variant) : locked(doing, held)
}

/** Everything that was on its way has come. */
export const flushBegins = (doing: Doing, lock: Lock, around: Around, variant: WorkerVariant): Doing => {
  const { node, shard, base } = doing.shard
  if (base === null) throw new TypeError("a flush of no base")
  const views = lock.views ?? (variant.flushFor === "beforeFlush" ? viewsOf(around, base) : null)
  return locked(
    { ...doing, seen: [...doing.seen, { _tag: "FlushBegan", node, shard, base }] },
    { ...lock, awaits: "flush", arrivals: [], views }
  )
}

/** The flush is over, and the mutex is free. */
export const flushEnds = ({ shard, seen }: Doing, lock: Lock, around: Around): Doing => {
  if (shard.base === null) throw new TypeError("a flush of no base")
  const views = lock.views ?? viewsOf(around, shard.base)
  return {
    shard: { ...shard, lock: null, flushed: [...new Set([...shard.flushed, ...views])].sort() },
    seen: [...seen, { _tag: "FlushEnded", node: shard.node, shard: shard.shard, base: shard.base, views }]
  }
}
