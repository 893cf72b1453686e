/** What must be done before the request in hand leaves where it stands, and where it goes then. Source: dossier sessions 2.6, 3.5. */
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { type Current, finished, inStage, type Ring, streamersOf, truncatersOf } from "./global-track.ts"
import type { TopologyVariant } from "./variant.ts"

/** One part of a request's way, in order: a barrier, RPCs, a command. */
export interface Part {
  /** Parts of one request differ by name. */
  readonly name: string
  /** `reachable`: a node that does not answer is fenced out instead of waited for, which says nothing about its sessions. */
  readonly barrier: "everybody" | "reachable" | null
  readonly task: "stream" | "truncate" | null
  readonly to: ReadonlyArray<NodeId>
  readonly done: Ring
  /** What follows when the task fails: a command, or null for another try. */
  readonly failed: Ring | null
}

/** Where the request in hand stands. */
export const partOf = (variant: TopologyVariant, ring: Ring, current: Current): Part => {
  const plain = { name: current.stage, task: null, to: [], failed: null } as const
  const stream = { ...plain, task: "stream", to: streamersOf(ring, current) } as const
  switch (current.stage) {
    case "write_both_read_old":
      return {
        ...stream,
        barrier: "reachable",
        done: inStage(ring, "write_both_read_new", null),
        failed: inStage(ring, "rollback_to_normal", variant.rollbackClears === "yes" ? null : ring.session, true)
      }
    case "write_both_read_new":
      return { ...plain, barrier: variant.switchBarrier, done: finished(ring) }
    case "rollback_to_normal":
      return { ...plain, barrier: variant.rollbackBarrier, done: finished(ring, ring.session) }
    case "rebuilding":
      return { ...stream, barrier: null, done: rebuilt(variant, ring, false), failed: rebuilt(variant, ring, true) }
    case "rebuilt":
      return { ...plain, barrier: "everybody", done: finished(ring) }
    case "truncate_table":
    case "snapshot_tables":
      return truncating(variant, ring, current)
  }
}

/** The session goes with the end of the rebuild in the shipped design, and nothing waits for what is left of it. */
const rebuilt = (variant: TopologyVariant, ring: Ring, failed: boolean): Ring => {
  const after = inStage(ring, "rebuilt", null, failed)
  return variant.rebuildEnds === "withBarrier" ? after : { ...finished(after), version: after.version }
}

/** A truncation whose session is gone has been carried out: it is only to be ended. */
const truncating = (variant: TopologyVariant, ring: Ring, { stage }: Current): Part => {
  const to = truncatersOf(ring)
  const cleared = inStage(ring, stage, null)
  const isCleared = ring.session === null
  if (isCleared && variant.afterClearing === "finishes")
    return {
      name: "cleared",
      barrier: variant.finalBarrier === "yes" ? "everybody" : null,
      task: null,
      to: [],
      done: finished(ring),
      failed: null
    }
  const done = variant.sessionCleared === "withFinalising" || isCleared ? finished(ring) : cleared
  return { name: isCleared ? "cleared" : "set", barrier: "everybody", task: "truncate", to, done, failed: null }
}
