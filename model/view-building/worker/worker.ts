/**
 * A worker on one shard: the calls that it serves, its batch, what it has done, and what its node's observer does to it.
 *
 * Source: db/view/view_building_worker.cc; dossier `view-building.md` 2.3, and W1 to W8, O1, W11 of 2.5. The mutex is free
 * between two steps unless `lock` says otherwise; a step that needs it and cannot have it is rejected with `Locked`.
 */
import { Effect } from "effect"
import { sameReplica, type Term } from "../../../spec/metadata.ts"
import type { BatchId, CallId, TaskId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type BuildingState, type Task, taskNamed } from "../../../spec/view-building/metadata.ts"
import { become, type Role } from "../../kernel/role.ts"
import { doneOf, refusing, replying } from "./answers.ts"
import { absorbing, attaching, attemptBegins, attemptEnded, starting } from "./batches.ts"
import {
  type Around,
  type Call,
  callNamed,
  type Doing,
  freshShard,
  holding,
  ids,
  type Listed,
  type Lock,
  listing,
  type NotNow,
  type Shard,
  type ShardStep,
  withCall
} from "./state.ts"
import type { Store } from "./store.ts"
import { ending, flushBegins, flushEnds, flushing, goingOver } from "./sync.ts"
import type { WorkerVariant } from "./variant.ts"
import { comes, hears, startingWhatIsStarted } from "./worker-2025.ts"

/** What happens to a worker's shard. All but a call's coming has `around`: what the shard may look at just then. */
export type ShardInput =
  | { readonly _tag: "CallArrives"; readonly call: CallId; readonly term: Term; readonly tasks: ReadonlyArray<TaskId> }
  /** Group 0 has answered a call's read barrier. `term` is group 0's. */
  | { readonly _tag: "BarrierEnds"; readonly call: CallId; readonly term: Term; readonly around: Around }
  /** A call gets the mutex that it waits for. */
  | { readonly _tag: "Proceeds"; readonly call: CallId; readonly around: Around }
  /** A call learns that its batch is over. */
  | { readonly _tag: "Wakes"; readonly call: CallId }
  | { readonly _tag: "AttemptBegins"; readonly around: Around; readonly store: Store }
  | { readonly _tag: "AttemptEnds"; readonly ok: boolean; readonly around: Around }
  /** The view update generator, which processes staging sstables, stops in the middle of an attempt. */
  | { readonly _tag: "GeneratorStops"; readonly around: Around }
  /** Whatever the flush had to wait for has come. */
  | { readonly _tag: "ArrivalsEnd"; readonly around: Around }
  | { readonly _tag: "FlushEnds"; readonly around: Around }
  | { readonly _tag: "Observes"; readonly around: Around }
  | { readonly _tag: "Lists"; readonly listed: ReadonlyArray<Listed> }
  | { readonly _tag: "Drains" }

const locked = Effect.fail("Locked" as const)
const nothingToDo = Effect.fail("NothingToDo" as const)

const became = ({ shard, seen }: Doing): ShardStep => become(shard, ...seen)

/** The worker of a variant on one shard. What cannot be done now is rejected, and changes nothing. */
export const shardWorker = (
  node: Shard["node"],
  shard: Shard["shard"],
  variant: WorkerVariant
): Role<Shard, ShardInput, ViewBuildingLabel, NotNow> => ({
  name: `worker ${node}.${shard}`,
  initial: freshShard(node, shard),
  step: (now, input) => {
    switch (input._tag) {
      case "CallArrives":
        return became(
          variant.batches === "byCalls" ? arrives(now, input, variant) : comes({ shard: now, seen: [] }, input)
        )
      case "BarrierEnds":
        return barrierEnds(now, input.call, input.term, input.around, variant)
      case "Proceeds":
        return proceeds(now, input.call, input.around, variant)
      case "Wakes":
        return variant.batches === "byCalls" ? wakes(now, input.call, variant) : hears(now, input.call)
      case "AttemptBegins":
        return attemptBegins(now, input.around.state, input.store, variant)
      case "AttemptEnds":
        return attemptEnds(now, input.ok, input.around, variant)
      case "GeneratorStops":
        return generatorStops(now, input.around, variant)
      case "ArrivalsEnd":
        return arrivalsEnd(now, input.around, variant)
      case "FlushEnds":
        return flushOver(now, input.around, variant)
      case "Observes":
        return now.lock === null ? became(observing({ shard: now, seen: [] }, input.around, variant)) : locked
      case "Lists":
        return become({ ...now, listed: listing(now.listed, input.listed) })
      case "Drains":
        return drains(now, variant)
    }
  }
})

// ---- calls --------------------------------------------------------------------------------------------------------

/** A call comes in. It takes the mutex at once if that is free. */
const arrives = (
  shard: Shard,
  { call, term, tasks }: Pick<Call, "call" | "term" | "tasks">,
  variant: WorkerVariant
): Doing => {
  const here: Call = { call, term, tasks, step: "arrived", snapshot: null, batch: null }
  const doing: Doing = { shard: { ...shard, calls: [...shard.calls, here] }, seen: [] }
  if (shard.drained) return refusing(doing, call, "Drained")
  return shard.lock === null ? entering(doing, call, variant) : doing
}

/** W1: absorb a batch that is over. Where something of what is asked for is done, say so at once and start nothing. */
const entering = (doing: Doing, call: CallId, variant: WorkerVariant): Doing => {
  const absorbed = absorbing(doing)
  if (doneOf(absorbed, call).length > 0) return replying(absorbed, call)
  const lock: Lock | null = variant.barrier === "keepsMutex" ? { by: call, awaits: "barrier", ...holding } : null
  return { ...absorbed, shard: withCall({ ...absorbed.shard, lock }, call, (was) => ({ ...was, step: "barrier" })) }
}

/**
 * W2: the node knows what group 0 said when the call came.
 * Enabled while the call waits for it. The call is refused with StaleTerm where group 0's term is not its own.
 */
const barrierEnds = (shard: Shard, call: CallId, term: Term, { state }: Around, variant: WorkerVariant): ShardStep => {
  const known = callNamed(shard, call)
  if (known?.step !== "barrier") return nothingToDo
  const free: Shard = shard.lock?.awaits === "barrier" && shard.lock.by === call ? { ...shard, lock: null } : shard
  const doing: Doing = { shard: free, seen: [] }
  if (variant.term === "checked" && known.term !== term) return became(refusing(doing, call, "StaleTerm"))
  const snapshot = variant.goesBy === "snapshot" ? state : null
  return become(withCall(free, call, (was) => ({ ...was, step: "caughtUp", snapshot })))
}

/** The mutex goes to a call that has just come, or that has caught up. Rejected with Locked. */
const proceeds = (shard: Shard, call: CallId, around: Around, variant: WorkerVariant): ShardStep => {
  const known = callNamed(shard, call)
  if (known === undefined || (known.step !== "arrived" && known.step !== "caughtUp")) return nothingToDo
  if (shard.lock !== null) return locked
  const doing: Doing = { shard, seen: [] }
  if (shard.drained) return became(refusing(doing, call, "Drained"))
  return became(
    known.step === "arrived" ? entering(doing, call, variant) : goingOn(doing, known, around, variant, false)
  )
}

/** W3, then W4. Whenever the mutex comes back to the call it looks again where it stands. */
const goingOn = (doing: Doing, call: Call, around: Around, variant: WorkerVariant, hasFlushed: boolean): Doing => {
  const state = call.snapshot ?? around.state
  if (doing.shard.base === state.processing) return startingOrAttaching(doing, call, state, around, variant, hasFlushed)
  const over = goingOver(doing, call.call, state.processing, around, variant)
  return over.shard.lock === null ? startingOrAttaching(over, call, state, around, variant, hasFlushed) : over
}

/**
 * W4: wait for the batch that runs, or start one of just what is asked for.
 *
 * Refused with Busy where the batch has none of these tasks, with BaseNotSet, and with TaskNotFound where one of them is not
 * there, not for this shard, or aborted. Where a view came after the last flush there is another one first.
 */
const startingOrAttaching = (
  before: Doing,
  { call, tasks, snapshot }: Call,
  state: BuildingState,
  around: Around,
  variant: WorkerVariant,
  hasFlushed: boolean
): Doing => {
  const doing = absorbing(before)
  const { shard } = doing
  if (doneOf(doing, call).length > 0) return replying(doing, call)
  if (shard.batch !== null) {
    if (isShared(ids(shard.batch.tasks), tasks, variant)) return attaching(doing, call, shard.batch)
    if (variant.whileBusy === "refuses") return refusing(doing, call, "Busy")
  }
  if (shard.base === null) return refusing(doing, call, "BaseNotSet")
  const found = tasks.flatMap((id) => taskHere(shard, state, id, variant) ?? [])
  if (found.length < tasks.length) return refusing(doing, call, "TaskNotFound")
  const mayFlush = variant.flushAgain === "forNewViews" && !(hasFlushed && snapshot !== null)
  return mayFlush && found.some(({ view }) => view !== null && !shard.flushed.includes(view))
    ? flushing(doing, call, "views", around, variant)
    : starting(doing, call, found)
}

const isShared = (running: ReadonlyArray<TaskId>, asked: ReadonlyArray<TaskId>, { attach }: WorkerVariant): boolean =>
  attach === "overlap" ? asked.some((id) => running.includes(id)) : running.join() === asked.join()

const taskHere = (shard: Shard, state: BuildingState, id: TaskId, { abortedTask }: WorkerVariant): Task | undefined => {
  const task = taskNamed(state, id)
  if (task === undefined || task.base !== shard.base || !sameReplica(task.replica, shard)) return undefined
  return task.state === "aborted" && abortedTask === "refused" ? undefined : task
}

/** W7 and W8: the batch that a call has waited for is over. Rejected with Locked. */
const wakes = (shard: Shard, call: CallId, variant: WorkerVariant): ShardStep => {
  const known = callNamed(shard, call)
  const { batch } = shard
  if (known?.step !== "waiting" || (batch?.batch === known.batch && batch.phase !== "done")) return nothingToDo
  if (shard.lock !== null) return locked
  const doing: Doing = { shard, seen: [] }
  if (shard.drained) return became(refusing(doing, call, "Drained"))
  if (batch !== null && batch.phase !== "done" && variant.absorbs === "current")
    return become({ ...shard, lock: { by: call, awaits: "batch", ...holding } })
  return became(
    replying(variant.absorbs === "current" || batch?.batch === known.batch ? absorbing(doing) : doing, call)
  )
}

// ---- the mutex, over several steps --------------------------------------------------------------------------------

/** An attempt is over. Whoever has waited with the mutex in hand for the end of the batch goes on. */
const attemptEnds = (shard: Shard, ok: boolean, around: Around, variant: WorkerVariant): ShardStep => {
  if (shard.batch === null || shard.batch.attempt === null) return nothingToDo
  const isUntold = shard.lock?.by === "observer" && variant.wakes === "unlessObserving"
  const doing = attemptEnded({ shard: isUntold ? forgetting(shard, shard.batch.batch) : shard, seen: [] }, ok, variant)
  const { lock, batch } = doing.shard
  const isOver = batch === null || batch.phase === "done"
  if (lock === null || lock.awaits !== "batch" || !isOver) return became(doing)
  return became(goingOnFor(lock, { ...doing, shard: { ...doing.shard, lock: null } }, around, variant))
}

/** Rejected where no attempt processes staging sstables. Whatever it had to do is left undone. */
const generatorStops = (shard: Shard, around: Around, variant: WorkerVariant): ShardStep => {
  const { batch } = shard
  if (batch?.attempt == null || batch.attempt.sstables.length === 0) return nothingToDo
  if (variant.generatorStops === "failsAttempt") return attemptEnds(shard, false, around, variant)
  const idle = { ...batch.attempt, sstables: [], rows: [] }
  return attemptEnds({ ...shard, batch: { ...batch, attempt: idle } }, true, around, variant)
}

/** Whoever waits for a batch waits for ever. */
const forgetting = (shard: Shard, batch: BatchId): Shard => ({
  ...shard,
  calls: shard.calls.map((call) => (call.batch === batch ? { ...call, step: "forgotten" } : call))
})

const arrivalsEnd = (shard: Shard, around: Around, variant: WorkerVariant): ShardStep => {
  const { lock } = shard
  if (lock === null || lock.awaits !== "arrivals") return nothingToDo
  if (around.coming.some(({ arrival }) => lock.arrivals.includes(arrival))) return nothingToDo
  return became(flushBegins({ shard, seen: [] }, lock, around, variant))
}

const flushOver = (shard: Shard, around: Around, variant: WorkerVariant): ShardStep => {
  const { lock } = shard
  if (lock === null || lock.awaits !== "flush") return nothingToDo
  return became(goingOnFor(lock, flushEnds({ shard, seen: [] }, lock, around), around, variant))
}

/** Whoever has had the mutex goes on. */
const goingOnFor = (lock: Lock, doing: Doing, around: Around, variant: WorkerVariant): Doing => {
  if (lock.by === "observer") return observing(doing, around, variant)
  if (lock.by === "drain") return { ...doing, shard: { ...doing.shard, drained: true } }
  const call = callNamed(doing.shard, lock.by)
  if (call === undefined) return doing
  if (call.step === "waiting") return replying(absorbing(doing), call.call)
  return goingOn(doing, call, around, variant, lock.flushes === "views")
}

// ---- the observer, and the end ------------------------------------------------------------------------------------

/** O1: go over to the base in hand, and drop from the batch whatever is gone or aborted. A batch of nothing is aborted. */
const observing = (doing: Doing, around: Around, variant: WorkerVariant): Doing => {
  const { processing } = around.state
  if (doing.shard.base !== processing) return goingOver(doing, "observer", processing, around, variant)
  if (variant.batches === "byObserver") return startingWhatIsStarted(doing, around, variant)
  const { batch } = doing.shard
  if (batch === null || batch.phase === "done" || variant.lostTasks === "kept") return doing
  const isLost = ({ id }: Task): boolean => (taskNamed(around.state, id)?.state ?? "aborted") === "aborted"
  const lost = batch.tasks.filter(isLost)
  if (lost.length === 0) return doing
  const { node, shard } = doing.shard
  const tasks = batch.tasks.filter((task) => !isLost(task))
  const dropped: Doing = {
    shard: { ...doing.shard, batch: { ...batch, tasks } },
    seen: [...doing.seen, { _tag: "TasksDropped", node, shard, batch: batch.batch, tasks: ids(lost) }]
  }
  return tasks.length === 0 ? ending(dropped, "observer") : dropped
}

/** W11: end the batch, and take nothing in any more. Rejected with Locked. */
const drains = (shard: Shard, variant: WorkerVariant): ShardStep => {
  if (shard.drained) return nothingToDo
  if (variant.drain === "leavesAlone") return become(shard)
  if (variant.drain === "breaksMutex") {
    const broken = ending({ shard: { ...shard, lock: null }, seen: [] }, "drain")
    return became({ ...broken, shard: { ...broken.shard, lock: shard.lock ?? broken.shard.lock, drained: true } })
  }
  if (shard.lock !== null) return locked
  const isStaging = (shard.batch?.attempt?.sstables.length ?? 0) > 0
  if (variant.drain === "skipsStaging" && isStaging) return become({ ...shard, drained: true })
  const ended = ending({ shard, seen: [] }, "drain")
  return became(ended.shard.lock === null ? { ...ended, shard: { ...ended.shard, drained: true } } : ended)
}
