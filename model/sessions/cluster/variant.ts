/** The designs of the fence around a tablet's transition, as data: the reference, what ships, and changes that break a law. */

import { type RegistryVariant, reference as referenceRegistry } from "../registry/variants.ts"

export interface Variant {
  readonly registry: RegistryVariant

  /** With which command a transition's session is set. Its documentation says the second, its code does the first (Q1). */
  readonly sessionSet: "writeBothReadOld" | "streaming"
  /** With which command it is cleared: on leaving streaming, or only when the transition ends (M62, M63). */
  readonly sessionClear: "leavingStreaming" | "end"
  /** What a rollback before streaming does to the session (Q2). */
  readonly rollbackEarly: "clears" | "keeps"
  /** Whether streaming waits until every node can take both kinds of writes (M69). */
  readonly barrierBeforeStreaming: "yes" | "no"
  /** Whether a failed target is cleaned only after a barrier (M64). */
  readonly barrierBeforeCleanup: "yes" | "no"
  /** Whether a transition ends only after a barrier (M65). */
  readonly barrierAtEnd: "yes" | "no"
  /** How a restore ends (Q3, M72). */
  readonly restoreEnds: "withBarrier" | "atOnce"
  /** The command that a tablet's barrier is (M29). */
  readonly barrierCommand: "barrier_and_drain" | "barrier"
  /** What a barrier makes of nodes that could not do it (M26, and the design of 2023). */
  readonly drainFailure: "fails" | "tolerated"
  /** Which version becomes the fence: the one before anything was sent, or the one at the commit (M31). */
  readonly fenceVersion: "beforeSending" | "atCommit"
  /** Whether every stage change raises the topology's version (M34). */
  readonly versionBump: "everyChange" | "never"
  /** Whether a new coordinator fences the one before it (M74). */
  readonly fencePrevious: "yes" | "no"
  /** Whether a commit is compared with the state it was computed from (M73). */
  readonly commits: "compared" | "blind"
  /** Whether a failed barrier alone rolls a transition back, or only one for which a replica is lost (M68). */
  readonly rollbackOn: "lostReplica" | "anyFailure"
  /** What a barrier's result counts for: its stage, the next one as well (M36), or the tablet's next transition (M35). */
  readonly barrierResult: "itsStage" | "nextStageToo" | "nextTransitionToo"
  /** Whether a command waits for a read barrier, and when (M24, M25). */
  readonly readBarrier: "first" | "last" | "never"
  /** What a command is checked against (M32, M33). */
  readonly commandChecks: "termAndIndex" | "term" | "index"
  /** What a drain waits for (M30). */
  readonly waitsFor: "versionsAndSessions" | "versions" | "sessions"
  /** Which sessions metadata opens (M17, M23). */
  readonly openSet: "all" | "tabletsOnly"
  /** When sessions are recomputed (M20, M22). */
  readonly recompute: "always" | "notAfterSkipping"
  /** Whether a node has its sessions again after a restart (M21). */
  readonly afterRestart: "recreated" | "missing"
  /** What a trigger is checked for (M56). */
  readonly triggerChecks: "readBarrierAndStage" | "stage" | "none"
  /** Whether an operation holds the metadata it began under (M57), for how long (M59), and whether it sees the new one in time (M37). */
  readonly operationPins: "untilItsStageMoves" | "nothing" | "always" | "oneBehind"
  /** Where a receiver's guard is taken (M16, M53), and how long it is held (M52). */
  readonly receiverGuard: "bothShards" | "firstShardOnly" | "headerOnly"
  /** Whether requests are compared with the fence, and when (M38). */
  readonly fenceChecks: "beforeAndAfter" | "before" | "never"
  /** Whether a replica holds its metadata while it serves (M39). */
  readonly replicaPins: "yes" | "no"
  /** Whether a replica that is still being filled forgets tombstones (M76). */
  readonly purgeOnPending: "no" | "yes"
  /** What becomes of a session whose stage is tried again (M55). */
  readonly retrySession: "same" | "fresh"
  /** What a stream does to a target whose disk is full (M78). */
  readonly fullDisk: "rollsBack" | "triesAgain"
  /** Whether joining an operation asks what it does (M60). */
  readonly joins: "sameOperation" | "anyOperation"
}

/** Satisfies every law. */
export const reference: Variant = {
  registry: referenceRegistry,
  sessionSet: "writeBothReadOld",
  sessionClear: "leavingStreaming",
  rollbackEarly: "clears",
  barrierBeforeStreaming: "yes",
  barrierBeforeCleanup: "yes",
  barrierAtEnd: "yes",
  restoreEnds: "withBarrier",
  barrierCommand: "barrier_and_drain",
  drainFailure: "fails",
  fenceVersion: "beforeSending",
  versionBump: "everyChange",
  fencePrevious: "yes",
  commits: "compared",
  rollbackOn: "lostReplica",
  barrierResult: "itsStage",
  readBarrier: "first",
  commandChecks: "termAndIndex",
  waitsFor: "versionsAndSessions",
  openSet: "all",
  recompute: "always",
  afterRestart: "recreated",
  triggerChecks: "readBarrierAndStage",
  operationPins: "untilItsStageMoves",
  receiverGuard: "bothShards",
  fenceChecks: "beforeAndAfter",
  replicaPins: "yes",
  purgeOnPending: "no",
  retrySession: "same",
  fullDisk: "rollsBack",
  joins: "sameOperation"
}

/** ScyllaDB at HEAD (`f4a4091ca2`): every repair of the reference undone. */
export const asShipped: Variant = { ...reference, rollbackEarly: "keeps", restoreEnds: "atOnce", joins: "anyOperation" }

/** The design of 2023 (PR #15847): a node that cannot be reached is fenced instead of waited for, and nothing rolls back. */
export const asProposed: Variant = { ...asShipped, drainFailure: "tolerated" }
