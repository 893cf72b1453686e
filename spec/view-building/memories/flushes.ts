/** Rows that are on a shard, or on their way there, and not in its sstables yet: what a batch that reads sstables does not see. */
import type { Memory } from "../../law.ts"
import type { Replica } from "../../metadata.ts"
import type { ArrivalId, TableId, ViewId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { BaseRow, Destination } from "../messages.ts"
import { afterBatches, type Batches, idle } from "./batches.ts"
import { isWithin, placeOf } from "./places.ts"

export interface Unflushed extends Replica {
  readonly arrival: ArrivalId
  readonly base: TableId
  readonly rows: ReadonlyArray<BaseRow>
  /** The views that they are sent on to. */
  readonly views: ReadonlyArray<ViewId>
  readonly to: Destination
  readonly is: "coming" | "inMemtable" | "beingFlushed"
}

export interface Flushes extends Batches {
  readonly unflushed: ReadonlyArray<Unflushed>
}

export const flushes: Memory<Flushes, ViewBuildingLabel> = {
  name: "flushes",
  init: { ...idle, unflushed: [] },
  on: (before, label) => {
    const now: Flushes = { ...before, ...afterBatches(before, label) }
    const { unflushed } = before
    const here = (one: Unflushed): boolean => "shard" in label && placeOf(one) === placeOf(label)
    switch (label._tag) {
      case "ArrivalBegan": {
        const { node, shard, arrival, base, rows, views, to } = label
        return { ...now, unflushed: [...unflushed, { node, shard, arrival, base, rows, views, to, is: "coming" }] }
      }
      case "ArrivalEnded":
        return {
          ...now,
          unflushed: unflushed.flatMap((one) =>
            one.arrival !== label.arrival || !here(one)
              ? [one]
              : label.sstable === null
                ? [{ ...one, is: "inMemtable" as const }]
                : []
          )
        }
      case "FlushBegan":
        return {
          ...now,
          unflushed: unflushed.map((one) =>
            here(one) && one.base === label.base && one.is === "inMemtable" ? { ...one, is: "beingFlushed" } : one
          )
        }
      case "FlushEnded":
        return {
          ...now,
          unflushed: unflushed.filter((one) => !here(one) || one.base !== label.base || one.is !== "beingFlushed")
        }
      case "TabletCleaned":
        return {
          ...now,
          unflushed: unflushed.filter(
            (one) => !here(one) || one.base !== label.base || one.rows.some(({ token }) => !isWithin(token, label))
          )
        }
      case "Truncated":
        return { ...now, unflushed: unflushed.filter((one) => one.base !== label.base || one.is === "coming") }
      case "Stopped":
      case "Restarted":
        // What had come is written from the commit log to sstables before anything is read.
        return { ...now, unflushed: unflushed.filter(({ node }) => node !== label.node) }
      default:
        return now
    }
  }
}
