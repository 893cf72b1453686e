/** Variants by name, as the command line and the talks give them. */
import { type Choices, varying } from "../kernel/variants.ts"
import { asShipped, original2025, reference, type Variant } from "./variant.ts"

const variants = { reference, asShipped, original2025 } as const

const choices: Choices<Variant> = {
  ids: ["behindTheLeast", "fromClock"],
  dropsTasks: ["withTheView", "never"],
  dropTable: ["dropsTasks", "keepsStaging"],
  instantBuild: ["emptyBaseOnly", "always"],
  aborts: ["theTabletThatMoves", "everyProposed"],
  abortsAt: ["write_both_read_old", "allow_write_both_read_old"],
  rollbackOf: ["leaving", "pending"],
  rollbackTokens: ["thisTablet", "everyTablet"],
  rollbackIds: ["fresh", "same"],
  endMoves: ["everyTask", "abortedTasks", "nothing"],
  addedReplica: ["atTheEnd", "atTheBeginning"],
  revertPending: ["dropsTasks", "keepsTasks"],
  split: ["both", "second"],
  merge: ["byToken", "byHalving"],
  mergedTask: ["ofAnyHalf", "ofBothHalves"],
  streams: ["registers", "forgetsStaging", "forgetsWithinNode"],
  join: ["copiesStatuses", "copiesNothing"],
  leave: ["dropsStatuses", "keepsStatuses"],
  fence: ["yes", "no"],
  commits: ["compared", "blind"],
  picks: ["whenNoneIs", "anyTime"],
  clears: ["withoutTasks", "withoutBuildTasks"],
  builtWithout: ["anyTask", "aliveTasks", "ownTasks", "unfinishedTasks"],
  succeeds: ["everyRow", "normalNodes"],
  fillsStatuses: ["yes", "no"],
  selects: ["settledTablets", "anyTablet"],
  selectsAborted: ["no", "yes"],
  first: ["buildRange", "processStaging"],
  asks: ["aliveHosts", "everyHost"],
  calls: ["one", "two"],
  afterFailure: ["aSecondOfRest", "nextCall"],
  wakeUps: ["level", "flagged", "signalled"],
  collects: ["aliveTasks", "anyTask"],
  leastOf: ["everyBase", "theBaseInHand"],
  collectsEvery: ["period", "atOnce"],
  progress: ["unwritten", "written"]
}

/** `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<Variant>("view-building", variants, choices)
