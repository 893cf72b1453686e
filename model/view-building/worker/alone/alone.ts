/**
 * One worker alone, under an environment that does to it whatever a small alphabet can say.
 *
 * Each step is one input and all that the worker does until it waits for somebody else again. What group 0 says goes on and never
 * back; all else is finite without any budget, for the name of a call is free again once it was answered.
 */
import type { Law } from "../../../../spec/law.ts"
import type { WorkerLabel } from "../../../../spec/view-building/worker/labels.ts"
import type { WorkerInput } from "../../../../spec/view-building/worker/messages.ts"
import { register, write } from "../../../kernel/cell.ts"
import { type Firing, rulesOf, type System } from "../../../kernel/system.ts"
import { type AloneBounds, type Hands, inputsOf } from "./bounds.ts"
import type { AloneDesign } from "./design.ts"
import { attemptOver, isWanting, restsFrom, wanting } from "./resting.ts"
import { type Alone, around, type Doing, newAlone, putting, type Setting } from "./state.ts"

const on = rulesOf<WorkerLabel>()

/** Each kind of input is a rule of its own, so that a test can weigh them. */
export const alone = (
  design: AloneDesign,
  bounds: AloneBounds,
  laws: ReadonlyArray<Law<WorkerLabel>>
): System<WorkerLabel> => {
  const worker = register("worker", newAlone)
  const setting: Setting = { design, says: bounds.says }
  return {
    name: "worker alone",
    cells: [worker],
    rules: bounds.kinds.map((kind) =>
      on(kind, { actor: "worker", fair: "none", reads: [worker] }, (now) =>
        inputsOf(kind, handsOf(now, design), bounds)
          .flatMap((input) => waysToTake(now, input, setting))
          .map(({ label, next }): Firing<WorkerLabel> => ({ labels: [label], writes: [write(worker, next)] }))
      )
    ),
    laws,
    observables: {}
  }
}

/** One way in which a worker may take an input: what is seen of it, and the worker afterwards. */
export interface Way {
  readonly label: WorkerLabel
  readonly next: Alone
}

/** Every way in which a worker of a design may take an input: as many as there are orders in which it may go on. */
export const waysToTake = (now: Alone, input: WorkerInput, setting: Setting): ReadonlyArray<Way> =>
  restsFrom(begun({ alone: now, outputs: [] }, input, setting), setting).map(({ alone: next, outputs }) => ({
    label: { _tag: "WorkerStep", input, outputs },
    next
  }))

/** What the input itself does. */
const begun = (doing: Doing, input: WorkerInput, setting: Setting): Doing => {
  const { alone, outputs } = doing
  const put = (shardInput: Parameters<typeof putting>[1]): Doing => putting(doing, shardInput, setting) ?? doing
  switch (input._tag) {
    case "Applied":
      return { alone: { ...alone, at: input.at }, outputs }
    case "Observe":
      return wanting(doing, "observer")
    case "Call":
      return put({ _tag: "CallArrives", call: input.call, term: input.term, tasks: input.tasks })
    case "BarrierEnds":
      return put({ _tag: "BarrierEnds", call: input.call, term: input.term, around: around(alone, setting) })
    case "ArrivalsEnd":
      return put({ _tag: "ArrivalsEnd", around: around(alone, setting, true) })
    case "FlushEnds":
      return put({ _tag: "FlushEnds", around: around(alone, setting) })
    case "AttemptEnds":
      return attemptOver(doing, input.ok, setting) ?? doing
    case "PauseEnds":
      return { alone: { ...alone, pauses: false }, outputs }
    case "List":
      return put({ _tag: "Lists", listed: [{ sstable: input.sstable, base: input.base, token: input.token }] })
    case "Drain":
      return wanting(doing, "drain")
    case "Restart":
      return { alone: { ...newAlone, at: alone.at }, outputs }
  }
}

const handsOf = (now: Alone, { worker }: AloneDesign): Hands => {
  const { calls, lock, batch, listed, drained } = now.shard
  const awaits = lock?.awaits
  return {
    at: now.at,
    calls: calls.map(({ call, step }) => ({ call, isAtBarrier: step === "barrier" })),
    waitsFor: awaits === "arrivals" || awaits === "flush" ? awaits : null,
    batch: batch?.phase === "attempting" ? "attempting" : batch?.phase === "resting" ? "pausing" : null,
    listed: listed.map(({ sstable }) => sstable),
    observing: isWanting(now, "observer"),
    draining: isWanting(now, "drain"),
    drained,
    keepsApply: worker.observer === "keepsApply"
  }
}
