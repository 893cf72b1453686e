/**
 * The stages of a tablet's transition: what must be done in each before it is left, and where it leads then.
 *
 * Source: dossier sessions 3.1 and 3.5; service/topology_coordinator.cc handle_tablet_migration.
 */
import type { Operation } from "../../../spec/sessions/messages.ts"
import {
  type Kind,
  leavingReplica,
  pendingReplica,
  type Replica,
  type Stage,
  type Tablet
} from "../../../spec/sessions/metadata.ts"
import type { Variant } from "./variant.ts"

/** What becomes of the transition's session in the command that leaves a stage. */
export type SessionChange = "kept" | "fresh" | "cleared"

/** A way out of a stage. `stage` is null where the transition ends; `replicas` says who has the tablet from then on. */
export interface Leave {
  readonly stage: Stage | null
  readonly session: SessionChange
  readonly replicas?: "new"
}

/** Who is asked to do a stage's operation, null where nobody has to. */
export interface Task {
  readonly operation: Operation
  readonly at: Replica
}

export interface StageRule {
  /** Whether a barrier must succeed here, before anything else. */
  readonly barrier: boolean
  /** What must be done here once the barrier has succeeded. */
  task(tablet: Tablet): Task | null
  done(tablet: Tablet): Leave
  /** Where a failure leads if a replica is lost for it; null where it is tried again. */
  rollback(tablet: Tablet): Leave | null
}

const nothing = (): null => null
const to =
  (stage: Stage, session: SessionChange = "kept") =>
  (): Leave => ({ stage, session })
const over = (replicas?: "new") => (): Leave =>
  replicas === undefined ? { stage: null, session: "cleared" } : { stage: null, session: "cleared", replicas }

const pending =
  (operation: Operation) =>
  (tablet: Tablet): Task | null => {
    const at = pendingReplica(tablet)
    return at === undefined ? null : { operation, at }
  }
const leaving =
  (operation: Operation) =>
  (tablet: Tablet): Task | null => {
    const at = leavingReplica(tablet)
    return at === undefined ? null : { operation, at }
  }
const primary =
  (operation: Operation) =>
  (tablet: Tablet): Task | null => {
    const at = tablet.replicas[0]
    return at === undefined ? null : { operation, at }
  }

const isKind = (tablet: Tablet, kind: Kind): boolean => tablet.transition?.kind === kind

const hasSession = ({ sessionFor }: Variant, tablet: Tablet): boolean =>
  sessionFor === "everyKind" || !isKind(tablet, "rebuild")

/** The stages under a variant. */
export const stageRules = (variant: Variant): Readonly<Record<Stage, StageRule>> => ({
  allow_write_both_read_old: {
    barrier: true,
    task: nothing,
    done: (tablet) => ({
      stage: "write_both_read_old",
      session: variant.sessionSet === "writeBothReadOld" && hasSession(variant, tablet) ? "fresh" : "kept"
    }),
    rollback: to("cleanup_target")
  },
  write_both_read_old: {
    barrier: variant.barrierBeforeStreaming === "yes",
    task: nothing,
    done: (tablet) => ({
      stage: isKind(tablet, "rebuild_v2") ? "rebuild_repair" : "streaming",
      session: variant.sessionSet === "streaming" && hasSession(variant, tablet) ? "fresh" : "kept"
    }),
    // Nothing was streamed yet, so nobody has been admitted under the session. It is cleared all the same: if it were kept, the
    // transition's end would clear it with no barrier to follow, and nodes would keep it until somebody else's (Q2).
    rollback: to("cleanup_target", variant.rollbackEarly === "clears" ? "cleared" : "kept")
  },
  rebuild_repair: {
    barrier: false,
    task: (tablet) =>
      variant.rebuildRepairs === "onlyForPending" && pendingReplica(tablet) === undefined
        ? null
        : primary("repair")(tablet),
    done: to("streaming"),
    rollback: to("cleanup_target", "cleared")
  },
  streaming: {
    barrier: false,
    task: pending("stream"),
    done: to("write_both_read_new", variant.sessionClear === "backwards" ? "kept" : "cleared"),
    rollback: to("cleanup_target", variant.sessionClear === "forwards" ? "kept" : "cleared")
  },
  write_both_read_new: {
    barrier: true,
    task: nothing,
    done: to("use_new"),
    rollback: (tablet) =>
      isKind(tablet, "intranode_migration") && variant.intranodeGoesBack === "beforeReadsSwitch"
        ? null
        : {
            stage: variant.fallBack === "readsFirst" ? "write_both_read_old_fallback_cleanup" : "cleanup_target",
            session: "kept"
          }
  },
  write_both_read_old_fallback_cleanup: { barrier: true, task: nothing, done: to("cleanup_target"), rollback: nothing },
  use_new: { barrier: true, task: nothing, done: to("cleanup"), rollback: nothing },
  cleanup: { barrier: false, task: leaving("cleanup"), done: to("end_migration"), rollback: nothing },
  end_migration: { barrier: variant.barrierAtEnd === "yes", task: nothing, done: over("new"), rollback: nothing },
  cleanup_target: {
    barrier: variant.barrierBeforeCleanup === "yes",
    task: pending("cleanup"),
    done: to("revert_migration"),
    rollback: nothing
  },
  revert_migration: { barrier: variant.barrierAtEnd === "yes", task: nothing, done: over(), rollback: nothing },
  repair: { barrier: false, task: primary("repair"), done: to("end_repair", "cleared"), rollback: nothing },
  end_repair: { barrier: true, task: nothing, done: over(), rollback: nothing },
  restore: {
    barrier: false,
    task: primary("restore"),
    done: variant.restoreEnds === "withBarrier" ? to("end_restore", "cleared") : over(),
    rollback: nothing
  },
  end_restore: { barrier: true, task: nothing, done: over(), rollback: nothing }
})
