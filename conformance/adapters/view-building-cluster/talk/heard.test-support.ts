/** What a reader of a conversation is told of what happened: the plot, without what goes without saying. */

import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import { buildingSentence } from "../../../report/view-building/building-words.ts"

const untold: ReadonlySet<ViewBuildingLabel["_tag"]> = new Set([
  "GuardTaken",
  "CommitRefused",
  "Applied",
  "CallArrived",
  "BarrierEnded",
  "CallAnswered",
  "FlushBegan",
  "FlushEnded",
  "ArrivalBegan",
  "ArrivalEnded",
  "StagingQueued",
  "Discovered",
  "Elapsed"
])

/** What is told only where a conversation asks for it. */
export const more: Readonly<Record<string, ReadonlyArray<ViewBuildingLabel["_tag"]>>> = {
  flushes: ["FlushEnded"],
  guards: ["GuardTaken", "CommitRefused"],
  answers: ["CallAnswered"],
  applying: ["Applied"],
  registration: ["StagingQueued"]
}

/** Whether it moves the plot on. */
const isPlot = (label: ViewBuildingLabel, all: ReadonlyArray<ViewBuildingLabel>): boolean => {
  switch (label._tag) {
    case "AttemptBegan":
      return label.sstables.length > 0
    case "AttemptEnded":
      return !label.ok
    case "ViewWritten":
      return label.batch !== null
    case "CallAttached":
      // Who starts a batch waits for it too.
      return !all.some((one) => one._tag === "BatchBegan" && one.call === label.call && one.batch === label.batch)
    default:
      return !untold.has(label._tag)
  }
}

/** Calls are numbered anew in each term: `call 2.1` is the first of term 2. */
const callsPerTerm = 1_000_000
const named = (sentence: string): string =>
  sentence.replace(/\bcall (\d{7,})/g, (_, id: string) => {
    const number = Number(id)
    return `call ${Math.floor(number / callsPerTerm)}.${number % callsPerTerm}`
  })

/** Lines of a conversation. */
export const heardOf = (
  fresh: ReadonlyArray<ViewBuildingLabel>,
  also: ReadonlySet<ViewBuildingLabel["_tag"]>
): ReadonlyArray<string> =>
  fresh.filter((label) => isPlot(label, fresh) || also.has(label._tag)).map((label) => named(buildingSentence(label)))
