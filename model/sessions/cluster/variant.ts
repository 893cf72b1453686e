/** The designs of the fence around a tablet's transition, as data: the reference, what ships, and changes that break a law. */

import { type RegistryVariant, reference as referenceRegistry } from "../registry/variants.ts"

/** A design of the fence as data: every choice in which a lawful cluster, the shipped one or a mistaken one may differ. */
export interface Variant {
  readonly registry: RegistryVariant

  /** With which command a transition's session is set. Its documentation says the second, its code does the first (Q1). */
  readonly sessionSet: "writeBothReadOld" | "streaming"
  /** With which command it is cleared: on leaving streaming, whichever way, or on one way alone (M62, M63). */
  readonly sessionClear: "leavingStreaming" | "forwards" | "backwards"
  /** Which kinds of transitions get a session at all (M45). */
  readonly sessionFor: "everyKind" | "allButRebuild"
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
  /** Which version becomes the fence: the one before anything was sent, the one at the commit (M31a), or one to come (M31b). */
  readonly fenceVersion: "beforeSending" | "atCommit" | "toCome"
  /** Whether every stage change raises the topology's version (M34). */
  readonly versionBump: "everyChange" | "never"
  /** Whether a new coordinator fences the one before it (M74), or waits until that one has stepped down (M90). */
  readonly fencePrevious: "yes" | "no" | "waitsForIt"
  /** Whether a commit is compared with the state it was computed from (M73). */
  readonly commits: "compared" | "blind"
  /** Whether what has failed goes back if a replica is lost for it, in any case (M68), or waits for it (M92). */
  readonly rollbackOn: "lostReplica" | "anyFailure" | "never"
  /** Whether a barrier that failed for a lost replica leads back at once, or after another one has succeeded (M67). */
  readonly rollbackWaits: "no" | "forBarrier"
  /** How reads and writes go back to the old replicas once reads have switched: one after the other, or at once (M66). */
  readonly fallBack: "readsFirst" | "atOnce"
  /** Whether a tablet that moves within a node may go back once reads have switched (M71). */
  readonly intranodeGoesBack: "beforeReadsSwitch" | "always"
  /** When requests leave the old replicas: reads once data has moved (M70a), writes once nobody reads there (M70b). */
  readonly switches: "inTurn" | "readsWithStreaming" | "writesWithReads"
  /** Whether a rebuild repairs the replicas that stay even if none is added (M77). */
  readonly rebuildRepairs: "always" | "onlyForPending"
  /** What ends a repair: what group 0 says, or what the coordinator remembers of it (M61). */
  readonly repairEnd: "fromGroup0" | "fromMemory"
  /** When a coordinator forgets what it did for a transition that ends: before it commits the end, or once it has heard of that (M96). */
  readonly forgets: "beforeTheCommit" | "withTheCommit"
  /** Which of the tables that share a tablet have it streamed, repaired for a rebuild and cleaned up (M89). */
  readonly groupWork: "everyTable" | "firstTable"
  /** When a table is split or merged: once none of its tablets is in transition, or whatever goes on (M97). */
  readonly resizes: "whenIdle" | "anyTime"
  /** Whether an operation ends when its table is split or merged under it (M58b). */
  readonly guardMinds: "stageAndCount" | "stage"
  /** What a barrier's result counts for: its stage, the next one as well (M36), or the tablet's next transition (M35). */
  readonly barrierResult: "itsStage" | "nextStageToo" | "nextTransitionToo"
  /** Whether a command waits for a read barrier, and when (M24, M25). */
  readonly readBarrier: "first" | "last" | "never"
  /** What a command is checked against (M32, M33). */
  readonly commandChecks: "termAndIndex" | "term" | "index"
  /** What a drain waits for (M30). */
  readonly waitsFor: "versionsAndSessions" | "versions" | "sessions"
  /** Which nodes a barrier asks: all, those without a tablet coming or going (M27), or those with one (M28). */
  readonly barrierAsks: "everyNode" | "settledNodes" | "replicas"
  /**
   * Which sessions metadata opens: all, not the topology's (M17), not those of tablets that
   * several tables share (M17c), those of changed tablets (M18), what was left behind too (M23).
   */
  readonly openSet: "all" | "tabletsOnly" | "soleTables" | "changedTablets" | "leftBehindToo"
  /** Whether a shard goes over to sessions in the same step as to the rest of metadata (M19). */
  readonly sessionsFollow: "inTheSameStep" | "later"
  /** Whether sessions are recomputed by a node that skips entries: not at all (M20), or without closing any (M22). */
  readonly recompute: "always" | "notAfterSkipping" | "opensAfterSkipping"
  /** What a node does with sessions after a restart: it has them again, has none, or has them closing (M21). */
  readonly afterRestart: "recreated" | "missing" | "closing"
  /** What a node that starts goes over to first: its metadata, the fence in it (M41), or an older snapshot of it (M91). */
  readonly startsWith: "metadata" | "fence" | "snapshot"
  /** Whether a node's requests to its own local tables are fenced like others (M40). */
  readonly localRequests: "unfenced" | "fenced"
  /** What a node that is shut down does with the requests that it takes care of (M42). */
  readonly shutdown: "cancelsRequests" | "keepsRequests"
  /** Whether anybody still talks with a node that is ignored (M43). */
  readonly ignoredNodes: "isolated" | "reachable"
  /** What a trigger is checked for (M56). */
  readonly triggerChecks: "readBarrierAndStage" | "stage" | "none"
  /** Under which session a repair works: its trigger's, or that of the moment (M49). */
  readonly repairSession: "itsTriggers" | "ofTheMoment"
  /**
   * Whether an operation holds the metadata it began under (M57), for how long (M59), whether it sees the new one in time
   * (M37), and whether it goes on into another stage (M58a).
   */
  readonly operationPins: "untilItsStageMoves" | "nothing" | "always" | "oneBehind" | "whateverTheStage"
  /** Where a receiver's guard is taken (M16, M53), and how long it is held (M52). */
  readonly receiverGuard: "bothShards" | "firstShardOnly" | "headerOnly"
  /** Whether a receiver hears that its session has begun to close, and gives up (M13b). */
  readonly closing: "givesUp" | "waits"
  /** What a node does with a trigger to stream a tablet that has no pending replica (M54b). */
  readonly withoutPending: "refuses" | "falls"
  /** Whether an operation hears that its rows were turned away (M54a). */
  readonly failedStream: "ends" | "staysOpen"
  /** Whether requests are compared with the fence, and when (M38). */
  readonly fenceChecks: "beforeAndAfter" | "before" | "never"
  /** Whether a replica holds its metadata while it serves (M39). */
  readonly replicaPins: "yes" | "no"
  /** Whether a replica keeps to the ballots that it has promised to accept none older than (M93). */
  readonly ballots: "promised" | "forgotten"
  /** The token that a hint is sent with (M94). */
  readonly hintToken: "ofSending" | "none"
  /** What a repair waits for before what it brings counts as everywhere (M95). */
  readonly repairCounts: "withoutHints" | "always"
  /** Whether a replica that is still being filled forgets tombstones (M76). */
  readonly purgeOnPending: "no" | "yes"
  /** Whether a node makes room again, as it starts, for a tablet that it has cleaned up (M75). */
  readonly storageAtStart: "notOnceCleaned" | "forEveryReplica"
  /** What becomes of a session whose stage is tried again (M55). */
  readonly retrySession: "same" | "fresh"
  /** What a stream does to a target whose disk is full (M78). */
  readonly fullDisk: "rollsBack" | "triesAgain"
  /** Whether joining an operation asks what it does (M60). */
  readonly joins: "sameOperation" | "anyOperation"
  /** How a receiver of another version finds the session among an RPC's parameters (M51): by position it finds none there. */
  readonly permitsOnTheWire: "byName" | "byPosition"
}

/** Satisfies every law. */
export const reference: Variant = {
  registry: referenceRegistry,
  sessionSet: "writeBothReadOld",
  sessionClear: "leavingStreaming",
  sessionFor: "everyKind",
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
  rollbackWaits: "no",
  fallBack: "readsFirst",
  intranodeGoesBack: "beforeReadsSwitch",
  switches: "inTurn",
  rebuildRepairs: "always",
  repairEnd: "fromGroup0",
  forgets: "beforeTheCommit",
  groupWork: "everyTable",
  resizes: "whenIdle",
  guardMinds: "stageAndCount",
  barrierResult: "itsStage",
  readBarrier: "first",
  commandChecks: "termAndIndex",
  waitsFor: "versionsAndSessions",
  barrierAsks: "everyNode",
  openSet: "all",
  sessionsFollow: "inTheSameStep",
  recompute: "always",
  afterRestart: "recreated",
  startsWith: "metadata",
  localRequests: "unfenced",
  shutdown: "cancelsRequests",
  ignoredNodes: "isolated",
  triggerChecks: "readBarrierAndStage",
  repairSession: "itsTriggers",
  operationPins: "untilItsStageMoves",
  receiverGuard: "bothShards",
  closing: "givesUp",
  withoutPending: "refuses",
  failedStream: "ends",
  fenceChecks: "beforeAndAfter",
  replicaPins: "yes",
  ballots: "promised",
  hintToken: "ofSending",
  repairCounts: "withoutHints",
  purgeOnPending: "no",
  storageAtStart: "notOnceCleaned",
  retrySession: "same",
  fullDisk: "rollsBack",
  joins: "sameOperation",
  permitsOnTheWire: "byName"
}

/** ScyllaDB at HEAD (`f4a4091ca2`): every repair of the reference undone. */
export const asShipped: Variant = { ...reference, rollbackEarly: "keeps", restoreEnds: "atOnce", joins: "anyOperation" }

/** The design of 2023 (PR #15847): a node that cannot be reached is fenced instead of waited for, and nothing rolls back. */
export const asProposed: Variant = { ...asShipped, drainFailure: "tolerated" }
