/** Variants of the global track by name, as the command line gives them. */
import { type Choices, varying } from "../../kernel/variants.ts"
import { asShipped, reference, type TopologyVariant } from "./variant.ts"

/** What can be changed by name: everything but the node, which has parameters of its own. */
type Parameters = Omit<TopologyVariant, "node">

const variants = { reference, asShipped } as const

const choices: Choices<TopologyVariant, keyof Parameters> = {
  rollbackClears: ["yes", "no"],
  rollbackBarrier: ["reachable", "everybody"],
  switchBarrier: ["everybody", "reachable"],
  targets: ["members", "normalOnly"],
  rebuildEnds: ["withBarrier", "atOnce"],
  leavesUnder: ["session", "default"],
  repairsUnder: ["session", "default"],
  streamSession: ["accepted", "current"],
  sessionIds: ["byCommand", "byNode"],
  sessionSet: ["handling", "submission"],
  sessionRead: ["underGuard", "atSending"],
  sessionCleared: ["beforeFinalising", "withFinalising"],
  finalBarrier: ["yes", "no"],
  afterClearing: ["finishes", "sendsAgain"],
  cleanupAwaits: ["sessionsAndWrites", "writes", "sessions"]
}

/** `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is. */
export const varied = varying<TopologyVariant, keyof Parameters>("the global track", variants, choices)
