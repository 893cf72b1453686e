/** Variants of the cluster by name, as the command line gives them. */
import { type Choices, varying } from "../../kernel/variants.ts"
import { asProposed, asShipped, reference, type Variant } from "./variant.ts"

/** What can be changed by name: everything but the registry, which has parameters of its own. */
type Parameters = Omit<Variant, "registry">

const variants = { reference, asShipped, asProposed } as const

const choices: Choices<Variant, keyof Parameters> = {
  sessionSet: ["writeBothReadOld", "streaming"],
  sessionClear: ["leavingStreaming", "forwards", "backwards"],
  sessionFor: ["everyKind", "allButRebuild"],
  rollbackEarly: ["clears", "keeps"],
  barrierBeforeStreaming: ["yes", "no"],
  barrierBeforeCleanup: ["yes", "no"],
  barrierAtEnd: ["yes", "no"],
  restoreEnds: ["withBarrier", "atOnce"],
  barrierCommand: ["barrier_and_drain", "barrier"],
  drainFailure: ["fails", "tolerated"],
  fenceVersion: ["beforeSending", "atCommit", "toCome"],
  versionBump: ["everyChange", "never"],
  fencePrevious: ["yes", "no", "waitsForIt"],
  commits: ["compared", "blind"],
  rollbackOn: ["lostReplica", "anyFailure", "never"],
  rollbackWaits: ["no", "forBarrier"],
  fallBack: ["readsFirst", "atOnce"],
  intranodeGoesBack: ["beforeReadsSwitch", "always"],
  switches: ["inTurn", "readsWithStreaming", "writesWithReads"],
  rebuildRepairs: ["always", "onlyForPending"],
  repairEnd: ["fromGroup0", "fromMemory"],
  forgets: ["beforeTheCommit", "withTheCommit"],
  groupWork: ["everyTable", "firstTable"],
  resizes: ["whenIdle", "anyTime"],
  guardMinds: ["stageAndCount", "stage"],
  barrierResult: ["itsStage", "nextStageToo", "nextTransitionToo"],
  readBarrier: ["first", "last", "never"],
  commandChecks: ["termAndIndex", "term", "index"],
  waitsFor: ["versionsAndSessions", "versions", "sessions"],
  barrierAsks: ["everyNode", "settledNodes", "replicas"],
  openSet: ["all", "tabletsOnly", "soleTables", "changedTablets", "leftBehindToo"],
  sessionsFollow: ["inTheSameStep", "later"],
  recompute: ["always", "notAfterSkipping", "opensAfterSkipping"],
  afterRestart: ["recreated", "missing", "closing"],
  startsWith: ["metadata", "fence", "snapshot"],
  localRequests: ["unfenced", "fenced"],
  shutdown: ["cancelsRequests", "keepsRequests"],
  ignoredNodes: ["isolated", "reachable"],
  triggerChecks: ["readBarrierAndStage", "stage", "none"],
  repairSession: ["itsTriggers", "ofTheMoment"],
  operationPins: ["untilItsStageMoves", "nothing", "always", "oneBehind", "whateverTheStage"],
  receiverGuard: ["bothShards", "firstShardOnly", "headerOnly"],
  closing: ["givesUp", "waits"],
  withoutPending: ["refuses", "falls"],
  failedStream: ["ends", "staysOpen"],
  fenceChecks: ["beforeAndAfter", "before", "never"],
  replicaPins: ["yes", "no"],
  ballots: ["promised", "forgotten"],
  hintToken: ["ofSending", "none"],
  repairCounts: ["withoutHints", "always"],
  purgeOnPending: ["no", "yes"],
  storageAtStart: ["notOnceCleaned", "forEveryReplica"],
  retrySession: ["same", "fresh"],
  fullDisk: ["rollsBack", "triesAgain"],
  joins: ["sameOperation", "anyOperation"],
  permitsOnTheWire: ["byName", "byPosition"]
}

/** `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<Variant, keyof Parameters>("sessions", variants, choices)
