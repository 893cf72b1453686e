/**
 * The stages of a tablet's transition: what must be done in each before it is left, and where it leads then.
 *
 * Source: dossier sessions 3.1 and 3.5; service/topology_coordinator.cc handle_tablet_migration.
 */
import type { Operation } from "../../../spec/sessions/messages.ts"
import {
  type Kind,
  leavingReplica,
  type Metadata,
  pendingReplica,
  type Replica,
  type Stage,
  type Tablet
} from "../../../spec/sessions/metadata.ts"
import { primaryOf } from "./operations.ts"
import type { Variant } from "./variant.ts"

/** What becomes of the transition's session in the command that leaves a stage. */
export type SessionChange = "kept" | "fresh" | "cleared"

/** A way out of a stage. `stage` is null where the transition ends; `replicas` says who has the tablet from then on. */
export interface Leave {
  readonly stage: Stage | null
  readonly session: SessionChange
  readonly replicas?: "new"
}

/** Who is asked at once to do a stage's operation. It is done when all of them have done it. */
export interface Task {
  readonly operation: Operation
  readonly at: ReadonlyArray<Replica>
}

/** Whom a stage's task may be asked of depends on who was declared dead. */
type Dead = Pick<Metadata, "ignored">

export interface StageRule {
  /** Whether a barrier must succeed here, before anything else. */
  readonly barrier: boolean
  /** What must be done here once the barrier has succeeded, null where nobody has to do anything, or nobody is left who could. */
  task(tablet: Tablet, dead: Dead): Task | null
  done(tablet: Tablet): Leave
  /** Where a failure leads if a replica is lost for it; null where it is tried again. */
  rollback(tablet: Tablet): Leave | null
  /** Present where a task that has failed is not tried again: the stage is left as if it had succeeded, at once or behind a barrier. */
  readonly givesUp?: "atOnce" | "behindBarrier"
}

const nothing = (): null => null
const to =
  (stage: Stage, session: SessionChange = "kept") =>
  (): Leave => ({ stage, session })
const over = (replicas?: "new") => (): Leave =>
  replicas === undefined ? { stage: null, session: "cleared" } : { stage: null, session: "cleared", replicas }

const asked = (operation: Operation, at: ReadonlyArray<Replica | undefined>): Task | null => {
  const known = at.flatMap((replica) => replica ?? [])
  return known.length === 0 ? null : { operation, at: known }
}
const alive = ({ ignored }: Dead, replica: Replica | undefined): Replica | undefined =>
  replica === undefined || ignored.includes(replica.node) ? undefined : replica

/** A pending replica that is dead must fail the stage, so it is asked all the same. */
const streams = (tablet: Tablet): Task | null => asked("stream", [pendingReplica(tablet)])
/** Nobody cleans up at a node that is declared dead: it will never be heard of again. */
const cleans =
  (which: (tablet: Tablet) => Replica | undefined) =>
  (tablet: Tablet, dead: Dead): Task | null =>
    asked("cleanup", [alive(dead, which(tablet))])
const repairs = (tablet: Tablet, dead: Dead): Task | null => asked("repair", [primaryOf(dead, tablet)])
const restores = ({ replicas }: Tablet, dead: Dead): Task | null =>
  asked(
    "restore",
    replicas.map((replica) => alive(dead, replica))
  )

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
    task: (tablet, dead) =>
      variant.rebuildRepairs === "onlyForPending" && pendingReplica(tablet) === undefined
        ? null
        : repairs(tablet, dead),
    done: to("streaming"),
    rollback: to("cleanup_target", "cleared")
  },
  streaming: {
    barrier: false,
    task: streams,
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
  cleanup: { barrier: false, task: cleans(leavingReplica), done: to("end_migration"), rollback: nothing },
  end_migration: { barrier: variant.barrierAtEnd === "yes", task: nothing, done: over("new"), rollback: nothing },
  cleanup_target: {
    barrier: variant.barrierBeforeCleanup === "yes",
    task: cleans(pendingReplica),
    done: to("revert_migration"),
    rollback: nothing
  },
  revert_migration: { barrier: variant.barrierAtEnd === "yes", task: nothing, done: over(), rollback: nothing },
  repair: {
    barrier: false,
    task: repairs,
    done: to("end_repair", "cleared"),
    rollback: nothing,
    givesUp: "behindBarrier"
  },
  end_repair: { barrier: true, task: nothing, done: over(), rollback: nothing },
  restore: {
    barrier: false,
    task: restores,
    done: variant.restoreEnds === "withBarrier" ? to("end_restore", "cleared") : over(),
    rollback: nothing,
    // The shipped database ends a restore that has failed like one that has not (3.1); the end of ours follows that of a repair.
    givesUp: variant.restoreEnds === "withBarrier" ? "behindBarrier" : "atOnce"
  },
  end_restore: { barrier: true, task: nothing, done: over(), rollback: nothing }
})
