/** Calls as their workers see them: what each asks for, what it knew when it was let in, and what it waits for. */
import type { Memory } from "../../law.ts"
import type { Replica, Term } from "../../metadata.ts"
import type { BatchId, CallId, TaskId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { afterBatches, type Batches, idle } from "./batches.ts"
import { placeOf } from "./places.ts"

export interface ServedCall extends Replica {
  readonly call: CallId
  /** Null where the call tells none. */
  readonly term: Term | null
  readonly tasks: ReadonlyArray<TaskId>
  /** Group 0's term when its read barrier was over; null before. */
  readonly barrier: Term | null
  /** What it waits for; null before it waits for any. */
  readonly batch: BatchId | null
}

export interface Served extends Batches {
  /** Calls that were not answered yet, in the order of their coming. */
  readonly calls: ReadonlyArray<ServedCall>
}

/** A call on a shard. Two coordinators may use the same names, so it is the last that counts. */
export const callOf = (
  { calls }: Served,
  { call, ...replica }: Replica & { readonly call: CallId }
): ServedCall | undefined => calls.findLast((known) => known.call === call && placeOf(known) === placeOf(replica))

export const served: Memory<Served, ViewBuildingLabel> = {
  name: "served",
  init: { ...idle, calls: [] },
  on: (before, label) => {
    const now: Served = { ...before, ...afterBatches(before, label) }
    switch (label._tag) {
      case "CallArrived": {
        const { node, shard, call, tasks, term = null } = label
        return { ...now, calls: [...before.calls, { node, shard, call, term, tasks, barrier: null, batch: null }] }
      }
      case "BarrierEnded":
        return changing(now, label, (call) => ({ ...call, barrier: label.term }))
      case "CallAttached":
        return changing(now, label, (call) => ({ ...call, batch: label.batch }))
      case "CallAnswered": {
        const answered = callOf(before, label)
        return { ...now, calls: before.calls.filter((call) => call !== answered) }
      }
      case "Stopped":
      case "Restarted":
        return { ...now, calls: before.calls.filter(({ node }) => node !== label.node) }
      default:
        return now
    }
  }
}

const changing = (
  now: Served,
  label: Replica & { readonly call: CallId },
  change: (call: ServedCall) => ServedCall
): Served => {
  const known = callOf(now, label)
  return known === undefined ? now : { ...now, calls: now.calls.map((call) => (call === known ? change(call) : call)) }
}
