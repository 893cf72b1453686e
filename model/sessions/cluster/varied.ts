/** Variants of the cluster by name, as the command line gives them. */
import { UnknownOverride } from "../../kernel/scope.ts"
import { asProposed, asShipped, reference, type Variant } from "./variant.ts"

/** What can be changed by name: everything but the registry, which has parameters of its own. */
type Parameters = Omit<Variant, "registry">

const variants = { reference, asShipped, asProposed } as const

const choices: { readonly [K in keyof Parameters]: ReadonlyArray<Parameters[K]> } = {
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
  fenceVersion: ["beforeSending", "atCommit"],
  versionBump: ["everyChange", "never"],
  fencePrevious: ["yes", "no"],
  commits: ["compared", "blind"],
  rollbackOn: ["lostReplica", "anyFailure"],
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
  startsWith: ["metadata", "fence"],
  localRequests: ["unfenced", "fenced"],
  shutdown: ["cancelsRequests", "keepsRequests"],
  ignoredNodes: ["isolated", "reachable"],
  triggerChecks: ["readBarrierAndStage", "stage", "none"],
  repairSession: ["itsTriggers", "ofTheMoment"],
  operationPins: ["untilItsStageMoves", "nothing", "always", "oneBehind", "whateverTheStage"],
  receiverGuard: ["bothShards", "firstShardOnly", "headerOnly"],
  failedStream: ["ends", "staysOpen"],
  fenceChecks: ["beforeAndAfter", "before", "never"],
  replicaPins: ["yes", "no"],
  purgeOnPending: ["no", "yes"],
  storageAtStart: ["notOnceCleaned", "forEveryReplica"],
  retrySession: ["same", "fresh"],
  fullDisk: ["rollsBack", "triesAgain"],
  joins: ["sameOperation", "anyOperation"],
  permitsOnTheWire: ["byName", "byPosition"]
}

const isParameter = (name: string): name is keyof Parameters => Object.hasOwn(choices, name)
const isBase = (name: string): name is keyof typeof variants => Object.hasOwn(variants, name)

/**
 * A variant with some parameters changed by name.
 *
 * `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is.
 */
export const varied = (given: Variant, changes: Readonly<Record<string, string>>): Variant => {
  const { base, ...rest } = changes
  if (base !== undefined && !isBase(base))
    throw new UnknownOverride(`sessions has no variant "${base}"; it has ${Object.keys(variants).join(", ")}`)
  const start: Variant = base === undefined ? given : variants[base]
  for (const [name, value] of Object.entries(rest)) {
    if (!isParameter(name))
      throw new UnknownOverride(`sessions has no parameter "${name}"; it has base, ${Object.keys(choices).join(", ")}`)
    const allowed: ReadonlyArray<string> = choices[name]
    if (!allowed.includes(value))
      throw new UnknownOverride(`sessions parameter ${name} cannot be "${value}"; it can be ${allowed.join(", ")}`)
  }
  return { ...start, ...rest }
}
