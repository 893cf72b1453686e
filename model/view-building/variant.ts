/** The designs as data: the reference, the one that ships, that of 2025, and one parameter for each change that breaks a law. */

export interface Variant {
  // ---- tasks
  /** From where ids of new tasks are taken: behind all that were looked at, or from a clock that may be behind (M25). */
  readonly ids: "behindTheLeast" | "fromClock"
  /** How the commands of a change are cut: everything in one, or the tasks of a dropped view later (S21). */
  readonly dropsTasks: "withTheView" | "never"
  /** What becomes of staging tasks when their table is dropped (M40). */
  readonly dropTable: "dropsTasks" | "keepsStaging"
  /** When a view of a base that has rows is built as it is created (M27). */
  readonly instantBuild: "emptyBaseOnly" | "always"
  // ---- tablets
  /** Whose tasks are aborted for a migration: those of the tablet that moves, or of whichever tablets were proposed with it (M01). */
  readonly aborts: "theTabletThatMoves" | "everyProposed"
  /** When they are aborted: as writes go to both, or as the transition begins (2025). */
  readonly abortsAt: "write_both_read_old" | "allow_write_both_read_old"
  /** Whose tasks come back when a migration is reverted: those of the replica that stays, or of the one that does not come (M02). */
  readonly rollbackOf: "leaving" | "pending"
  /** Which of them: those of this tablet, or of every tablet there (M37). */
  readonly rollbackTokens: "thisTablet" | "everyTablet"
  /** How a task comes back: under a fresh id, or under its own (M55). */
  readonly rollbackIds: "fresh" | "same"
  /** Which tasks go over to the new replica at the end: all, none (M30), or those that were aborted alone (M37). */
  readonly endMoves: "everyTask" | "abortedTasks" | "nothing"
  /** When the tasks of an added replica are made: at the end, or as the transition begins (M52). */
  readonly addedReplica: "atTheEnd" | "atTheBeginning"
  /** What becomes of tasks for a pending replica that does not come (M39). */
  readonly revertPending: "dropsTasks" | "keepsTasks"
  /** Which halves of a split tablet have the task then (M53). */
  readonly split: "both" | "second"
  /** How a merged tablet is found: by its tokens, or by halving the tablet's number (M26). */
  readonly merge: "byToken" | "byHalving"
  /** What is left to do of a merged tablet: what is left of any half, or what is left of both (M54). */
  readonly mergedTask: "ofAnyHalf" | "ofBothHalves"
  /** What is known of staging sstables where their tablet went: that they are in staging, nothing (M18), or nothing within a node (M16). */
  readonly streams: "registers" | "forgetsStaging" | "forgetsWithinNode"
  // ---- nodes
  /** What a node gets as it joins: the statuses that the others have, or none (M51). */
  readonly join: "copiesStatuses" | "copiesNothing"
  /** What becomes of the statuses of a node that leaves (M51). */
  readonly leave: "dropsStatuses" | "keepsStatuses"
  // ---- the coordinator
  /** Whether a new coordinator makes every older guard worthless first. */
  readonly fence: "yes" | "no"
  /** Whether a command is compared with what was said last. */
  readonly commits: "compared" | "blind"
  /** When a base comes in hand: when none is, or as soon as another could be (M50). */
  readonly picks: "whenNoneIs" | "anyTime"
  /** When a base goes out of hand: when it has no task, or when nothing of it is to be built (M50). */
  readonly clears: "withoutTasks" | "withoutBuildTasks"
  /** What a view must be without to become built (M49). */
  readonly builtWithout: "anyTask" | "aliveTasks" | "ownTasks" | "unfinishedTasks"
  /** Whose statuses become SUCCESS: everybody's who has one, or those of normal nodes (M45). */
  readonly succeeds: "everyRow" | "normalNodes"
  /** Whether a base in hand gets statuses for views and nodes that came later (M51). */
  readonly fillsStatuses: "yes" | "no"
  /** Which tablets work is asked for on: those in no transition, or any (S12). */
  readonly selects: "settledTablets" | "anyTablet"
  /** Whether aborted tasks are asked for (S12). */
  readonly selectsAborted: "no" | "yes"
  /** What of a tablet comes first. An order, and no more (M62). */
  readonly first: "buildRange" | "processStaging"
  /** Whom is asked: hosts that are believed to be up, or all of them (S12). */
  readonly asks: "aliveHosts" | "everyHost"
  /** How many calls a replica has at a time (S2). */
  readonly calls: "one" | "two"
  /** What follows a call that has failed (M22). */
  readonly afterFailure: "aSecondOfRest" | "nextCall"
  /** How the main loop learns that something has changed: it looks, or is told if it sleeps already (M44), flag or none (M04). */
  readonly wakeUps: "level" | "flagged" | "signalled"
  // ---- the collection of finished tasks
  /** Whether a task is looked at once more before it is deleted as done (M48). */
  readonly collects: "aliveTasks" | "anyTask"
  /** What the least id is the least of (M48). */
  readonly leastOf: "everyBase" | "theBaseInHand"
  /** How often a collection is tried (M47). */
  readonly collectsEvery: "period" | "atOnce"
  // ---- how work begins and ends
  /** Whether the beginning and the end of each task are commands of their own (2025). */
  readonly progress: "unwritten" | "written"
}

/** Holds every law. */
export const reference: Variant = {
  ids: "behindTheLeast",
  dropsTasks: "withTheView",
  dropTable: "dropsTasks",
  instantBuild: "emptyBaseOnly",
  aborts: "theTabletThatMoves",
  abortsAt: "write_both_read_old",
  rollbackOf: "leaving",
  rollbackTokens: "thisTablet",
  rollbackIds: "fresh",
  endMoves: "everyTask",
  addedReplica: "atTheEnd",
  revertPending: "dropsTasks",
  split: "both",
  merge: "byToken",
  mergedTask: "ofAnyHalf",
  streams: "registers",
  join: "copiesStatuses",
  leave: "dropsStatuses",
  fence: "yes",
  commits: "compared",
  picks: "whenNoneIs",
  clears: "withoutTasks",
  builtWithout: "anyTask",
  succeeds: "everyRow",
  fillsStatuses: "yes",
  selects: "settledTablets",
  selectsAborted: "no",
  first: "buildRange",
  asks: "aliveHosts",
  calls: "one",
  afterFailure: "aSecondOfRest",
  wakeUps: "level",
  collects: "aliveTasks",
  leastOf: "everyBase",
  collectsEvery: "period",
  progress: "unwritten"
}

/** HEAD of the shipped database, `f4a4091ca2`: what the reference repairs is as it is there. */
export const asShipped: Variant = {
  ...reference,
  rollbackTokens: "everyTablet",
  revertPending: "keepsTasks",
  dropTable: "keepsStaging",
  succeeds: "normalNodes",
  wakeUps: "flagged"
}

/** The original of August 2025: beginnings and ends are written down, and what was found since is as it was. */
export const original2025: Variant = {
  ...asShipped,
  progress: "written",
  aborts: "everyProposed",
  abortsAt: "allow_write_both_read_old",
  rollbackOf: "pending",
  wakeUps: "signalled",
  afterFailure: "nextCall",
  streams: "forgetsStaging"
}
