/** Whom reads and writes go to in each stage. Source: dossier 3.1; locator/tablets.cc get_selector_for_writes, get_selector_for_reads. */
import type { Stage } from "./metadata.ts"

/** `prev` is the replicas as they were, `next` as they will be. */
export type WriteSelector = "prev" | "both" | "next"
/** Where reads go: to those who held the tablet before its transition, or to those who hold it after. */
export type ReadSelector = "prev" | "next"

/** Where requests go in one stage of a transition. */
export interface Selectors {
  readonly writes: WriteSelector
  readonly reads: ReadSelector
}

const prev: Selectors = { writes: "prev", reads: "prev" }
const both: Selectors = { writes: "both", reads: "prev" }
const switched: Selectors = { writes: "both", reads: "next" }
const next: Selectors = { writes: "next", reads: "next" }

/** No stage changes more than one of the two selectors of the stage before it. */
export const selectors: Readonly<Record<Stage, Selectors>> = {
  allow_write_both_read_old: prev,
  write_both_read_old: both,
  write_both_read_old_fallback_cleanup: both,
  rebuild_repair: both,
  streaming: both,
  write_both_read_new: switched,
  use_new: next,
  cleanup: next,
  end_migration: next,
  cleanup_target: prev,
  revert_migration: prev,
  repair: prev,
  end_repair: prev,
  restore: prev,
  end_restore: prev
}
