/**
 * The stages of a tablet's transition: what has to be done in each before it is left, and where it leads.
 *
 * Source: dossier `sessions.md` 3.1, 3.4 and 3.5; service/topology_coordinator.cc handle_tablet_migration. Three rows differ from
 * the shipped database on purpose: a rollback from write_both_read_old clears the session (Q2), restore leads to end_restore
 * instead of ending at once (Q3, M72), and end_restore is a stage of our own after the pattern of end_repair.
 */
import type { Stage, Tablet } from "../../../spec/sessions/metadata.ts"

/** What becomes of the transition's session in the command that leaves a stage. */
export type SessionChange = "keeps" | "sets" | "clears"

/** A way out of a stage. */
export interface Way {
  /** The next stage, or how the transition ends: with the new replicas or the old ones. */
  readonly to: Stage | "done" | "undone"
  readonly session: SessionChange
}

/** What is asked of nodes in a stage, and of which. */
export type Asked =
  | "nothing"
  | "stream at pending"
  | "cleanup at leaving"
  | "cleanup at pending"
  | "repair at primary"
  | "restore at all"

/** Which replica must have been declared dead for a failure to lead back; otherwise the stage is tried again. */
export type Lost = "never" | "a replica of the move" | "more of the new than of the old"

export interface StageRow {
  /** Whether a barrier must succeed in this stage before anything is asked. */
  readonly barrier: boolean
  readonly asks: Asked
  readonly leads: Way | ((tablet: Tablet) => Way)
  readonly lost: Lost
  /** Where a failure leads that is not tried again. */
  readonly back: Way
  /** Whether a failure, behind a barrier, is the end of the stage as well. */
  readonly givesUp?: true
}

const to = (stage: Way["to"], session: SessionChange = "keeps"): Way => ({ to: stage, session })

const afterDoubleWrites = ({ transition }: Tablet): Way =>
  to(transition?.kind === "rebuild_v2" ? "rebuild_repair" : "streaming")

const moved = "a replica of the move"
const next = "more of the new than of the old"

/** A stage that is tried until it succeeds. */
const onward = (barrier: boolean, asks: Asked, leads: StageRow["leads"]): StageRow => ({
  barrier,
  asks,
  leads,
  lost: "never",
  back: to("undone", "clears")
})

/** A stage that can be led back from. */
const either = (barrier: boolean, asks: Asked, leads: StageRow["leads"], lost: Lost, back: Way): StageRow => ({
  barrier,
  asks,
  leads,
  lost,
  back
})

/** A stage that ends the same way whether it succeeded or not. */
const anyway = (asks: Asked, leads: Way): StageRow => ({
  barrier: false,
  asks,
  leads,
  lost: "never",
  back: leads,
  givesUp: true
})

const withBarrier = true
const atOnce = false

export const stageTable: Readonly<Record<Stage, StageRow>> = {
  // forward
  allow_write_both_read_old: either(
    withBarrier,
    "nothing",
    to("write_both_read_old", "sets"),
    moved,
    to("cleanup_target", "clears")
  ),
  write_both_read_old: either(withBarrier, "nothing", afterDoubleWrites, moved, to("cleanup_target", "clears")),
  rebuild_repair: either(atOnce, "repair at primary", to("streaming"), moved, to("cleanup_target", "clears")),
  streaming: either(
    atOnce,
    "stream at pending",
    to("write_both_read_new", "clears"),
    moved,
    to("cleanup_target", "clears")
  ),
  write_both_read_new: either(withBarrier, "nothing", to("use_new"), next, to("write_both_read_old_fallback_cleanup")),
  use_new: onward(withBarrier, "nothing", to("cleanup")),
  cleanup: onward(atOnce, "cleanup at leaving", to("end_migration")),
  end_migration: onward(withBarrier, "nothing", to("done", "clears")),
  // back
  write_both_read_old_fallback_cleanup: onward(withBarrier, "nothing", to("cleanup_target")),
  cleanup_target: onward(withBarrier, "cleanup at pending", to("revert_migration")),
  revert_migration: onward(withBarrier, "nothing", to("undone", "clears")),
  // without a move
  repair: anyway("repair at primary", to("end_repair", "clears")),
  end_repair: onward(withBarrier, "nothing", to("undone", "clears")),
  restore: anyway("restore at all", to("end_restore", "clears")),
  end_restore: onward(withBarrier, "nothing", to("undone", "clears"))
}
