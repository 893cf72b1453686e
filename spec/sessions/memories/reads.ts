/** What each read that is going on has to see. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { RequestId } from "../messages.ts"
import type { TabletId } from "../metadata.ts"
import { type Acknowledged, about, afterPromises, noPromises } from "./acknowledged.ts"

export interface Reading {
  readonly request: RequestId
  readonly tablet: TabletId
  readonly key: string
  /** The newest write that was acknowledged before it began; null without one. */
  readonly least: number | null
  /** The deletion whose tombstone was purged before it began; null without one. */
  readonly buried: number | null
}

export interface Reads extends Acknowledged {
  readonly reading: ReadonlyArray<Reading>
}

export const reads: Memory<Reads, ClusterLabel> = {
  name: "reads",
  init: { ...noPromises, reading: [] },
  on: (before, label) => {
    const now = { ...before, ...afterPromises(before, label) }
    if (label._tag === "RequestEnded")
      return { ...now, reading: now.reading.filter(({ request }) => request !== label.request) }
    if (label._tag !== "RequestBegan") return now
    const { request, tablet, key, row, condition } = label
    // A conditional write reads before it writes.
    const isRead = row === null || condition !== undefined
    return isRead ? { ...now, reading: [...now.reading, begun(before, request, tablet, key)] } : now
  }
}

const begun = (before: Reads, request: RequestId, tablet: TabletId, key: string): Reading => {
  const buried = about(before.graves, tablet, key)?.timestamp ?? null
  const acked = about(before.acked, tablet, key)?.timestamp ?? null
  const least = buried === null || (acked !== null && acked > buried) ? acked : buried
  return { request, tablet, key, least, buried }
}
