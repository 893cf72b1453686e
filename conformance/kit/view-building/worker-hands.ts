/** What whoever surrounds a worker knows of it who sees no more than its steps. */

import type { Hands } from "../../../model/view-building/worker/alone/bounds.ts"
import { Position } from "../../../spec/metadata.ts"
import type { WorkerLabel } from "../../../spec/view-building/worker/labels.ts"
import type { WorkerInput, WorkerOutput } from "../../../spec/view-building/worker/messages.ts"

/** Nobody knows a worker yet. Whether its observer has yet to look nobody can see, and he may look once more. */
export const emptyHands: Hands = {
  at: Position.make(0),
  calls: [],
  waitsFor: null,
  batch: null,
  listed: [],
  observing: false,
  draining: false,
  drained: false,
  keepsApply: false
}

export const afterStep = (before: Hands, { input, outputs }: WorkerLabel): Hands =>
  outputs.reduce(afterOutput, afterInput(before, input))

const afterInput = (now: Hands, input: WorkerInput): Hands => {
  switch (input._tag) {
    case "Applied":
      return { ...now, at: input.at }
    case "Call":
      return { ...now, calls: [...now.calls, { call: input.call, isAtBarrier: false }] }
    case "BarrierEnds":
      return atBarrier(now, input.call, false)
    case "ArrivalsEnd":
    case "FlushEnds":
      return { ...now, waitsFor: null }
    case "AttemptEnds":
      return { ...now, batch: "pausing" }
    case "List":
      return { ...now, listed: [...now.listed, input.sstable] }
    case "Drain":
      return { ...now, draining: true }
    case "Restart":
      return { ...emptyHands, at: now.at }
    case "Observe":
    case "PauseEnds":
      return now
  }
}

const afterOutput = (now: Hands, output: WorkerOutput): Hands => {
  switch (output._tag) {
    case "CatchesUp":
      return atBarrier(now, output.call, true)
    case "Answered":
      return { ...now, calls: now.calls.filter(({ call }) => call !== output.call) }
    case "ArrivalsAwaited":
      return { ...now, waitsFor: "arrivals" }
    case "FlushBegan":
      return { ...now, waitsFor: "flush" }
    case "BatchBegan":
      return { ...now, batch: "pausing" }
    case "AttemptBegan":
      return { ...now, batch: "attempting" }
    case "Processed":
      return { ...now, listed: now.listed.filter((sstable) => sstable !== output.sstable) }
    case "BatchEnded":
      return { ...now, batch: null }
    case "Drained":
      return { ...now, drained: true }
    case "Attached":
    case "TasksDropped":
    case "ViewWritten":
      return now
  }
}

const atBarrier = (now: Hands, name: Hands["calls"][number]["call"], isAtBarrier: boolean): Hands => ({
  ...now,
  calls: now.calls.map((known) => (known.call === name ? { ...known, isAtBarrier } : known))
})
