/**
 * What a worker does by itself, until it waits for somebody else again.
 *
 * In the reference the order is its own affair: who gets the mutex next, and whether a batch tries before that. So there may be
 * several ways to come to rest.
 */
import type { CallId } from "../../../../spec/view-building/ids.ts"
import { tableOf, tabletNamed, taskNamed } from "../../../../spec/view-building/metadata.ts"
import type { WorkerOutput } from "../../../../spec/view-building/worker/messages.ts"
import type { Call, Shard } from "../state.ts"
import { type Alone, around, type Doing, putting, type Setting, stateOf, storeOf } from "./state.ts"

/** Every way to come to rest from here, each once. */
export const restsFrom = (doing: Doing, setting: Setting): ReadonlyArray<Doing> => {
  const rests = new Map<string, Doing>()
  const seen = new Set<string>()
  const go = (now: Doing): void => {
    const key = textOf(now)
    if (seen.has(key)) return
    seen.add(key)
    const next = goingOn(now, setting)
    if (next.length === 0) rests.set(key, now)
    for (const way of [...next, ...givesUp(now, setting)]) go(queued(way))
  }
  go(queued(doing))
  return [...rests.values()]
}

/** Calls go their own ways: in which order two of them are seen makes no difference. */
const textOf = ({ alone, outputs }: Doing): string => {
  const of = (call: CallId | undefined) =>
    outputs.filter((output) => callOf(output) === call).map((output) => JSON.stringify(output))
  const calls = [...new Set(outputs.map(callOf))].sort()
  return JSON.stringify([alone, calls.map(of)])
}

const callOf = (output: WorkerOutput): CallId | undefined =>
  output._tag === "CatchesUp" || output._tag === "Attached" || output._tag === "Answered" ? output.call : undefined

/** Whoever has come to want the mutex waits for it behind the others. */
const queued = (doing: Doing): Doing => {
  const { shard, queue } = doing.alone
  const more = shard.calls.filter((call) => wants(call, shard) && !queue.includes(call.call)).map(({ call }) => call)
  return more.length === 0 ? doing : { ...doing, alone: { ...doing.alone, queue: [...queue, ...more] } }
}

const wants = ({ call, step, batch }: Call, { batch: current, lock }: Shard): boolean =>
  step === "arrived" ||
  (step === "caughtUp" && lock?.by !== call) ||
  (step === "waiting" && lock?.by !== call && (current?.batch !== batch || current?.phase === "done"))

/** What may be done next, by whoever waits for nobody else; the first of it where there is an order. */
const goingOn = (doing: Doing, setting: Setting): ReadonlyArray<Doing> => {
  const { shard, queue } = doing.alone
  const entering = shard.lock === null ? queue.flatMap((_, place) => enters(doing, place, setting)) : []
  const all = [...entering, ...triesOf(doing, setting)]
  if (setting.design.order === "any") return all
  return entering.length > 0 ? entering.slice(0, 1) : all
}

/** Whoever has this place in the queue gets the mutex. */
const enters = ({ alone, outputs }: Doing, place: number, setting: Setting): ReadonlyArray<Doing> => {
  const who = alone.queue[place]!
  const left: Doing = { alone: { ...alone, queue: alone.queue.toSpliced(place, 1) }, outputs }
  const next = (): Doing | undefined => {
    if (who === "drain") return putting(left, { _tag: "Drains" }, setting)
    // He finds that the worker has stopped, and has nothing to look at.
    if (who === "observer" && alone.shard.drained) return left
    if (who === "observer") return putting(left, { _tag: "Observes", around: around(alone, setting) }, setting)
    const isWaiting = alone.shard.calls.some(({ call, step }) => call === who && step === "waiting")
    return isWaiting
      ? putting(left, { _tag: "Wakes", call: who }, setting)
      : putting(left, { _tag: "Proceeds", call: who, around: around(alone, setting) }, setting)
  }
  const entered = next()
  return entered === undefined ? [] : [entered]
}

/** What the batch does: it begins an attempt, or one that has nothing to wait for is over. */
const triesOf = (doing: Doing, setting: Setting): ReadonlyArray<Doing> => {
  const { alone } = doing
  const { batch } = alone.shard
  if (batch === null || batch.phase === "done") return []
  if (batch.phase === "resting") return alone.pauses ? [] : begins(doing, setting)
  const { attempt, tasks } = batch
  const isBuild = tasks[0]?.type !== "process_staging"
  const isIdle = attempt === null || attempt.views.length === 0 || (!isBuild && attempt.sstables.length === 0)
  return isIdle ? ends(doing, true, setting) : []
}

/** An attempt to build may end as soon as its batch was aborted. One that processes staging sstables does not listen. */
const givesUp = (doing: Doing, setting: Setting): ReadonlyArray<Doing> => {
  const { batch } = doing.alone.shard
  if (setting.design.aborted === "awaits" || batch === null || batch.attempt === null || !batch.aborting) return []
  return batch.attempt.sstables.length > 0 ? [] : ends(doing, false, setting)
}

const ends = (doing: Doing, ok: boolean, setting: Setting): ReadonlyArray<Doing> => {
  const over = attemptOver(doing, ok, setting)
  return over === undefined ? [] : [over]
}

/** After an attempt that came to nothing the batch rests, if there is one still. */
export const attemptOver = (doing: Doing, ok: boolean, setting: Setting): Doing | undefined => {
  const over = putting(doing, { _tag: "AttemptEnds", ok, around: around(doing.alone, setting) }, setting)
  return over?.alone.shard.batch?.phase === "resting" ? paused(over) : over
}

const paused = ({ alone, outputs }: Doing): Doing => ({ alone: { ...alone, pauses: true }, outputs })

/** An attempt comes to nothing where its tablet is not there any more, and may where a task of its batch is not. */
const begins = (doing: Doing, setting: Setting): ReadonlyArray<Doing> => {
  const { alone } = doing
  const state = stateOf(alone, setting)
  const tasks = alone.shard.batch?.tasks ?? []
  const [first] = tasks
  if (first === undefined) return []
  if (tabletNamed(tableOf(state, first.base), first.lastToken) === undefined) return [paused(doing)]
  const isGone = tasks.some(({ id }) => taskNamed(state, id) === undefined)
  const begun = putting(
    doing,
    { _tag: "AttemptBegins", around: around(alone, setting), store: storeOf(alone, setting) },
    setting
  )
  const begin = begun === undefined ? [] : [begun]
  if (!isGone || setting.design.goneTask === "ignored") return begin
  return setting.design.goneTask === "awaited" ? [paused(doing)] : [...begin, paused(doing)]
}

/** Somebody wants the mutex for something that is none of the calls'. */
export const wanting = ({ alone, outputs }: Doing, who: "observer" | "drain"): Doing => ({
  alone: { ...alone, queue: [...alone.queue, who] },
  outputs
})

/** Whether somebody has the mutex, or waits for it. */
export const isWanting = ({ queue, shard }: Alone, who: "observer" | "drain"): boolean =>
  queue.includes(who) || shard.lock?.by === who
