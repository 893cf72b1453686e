/** Variants of the global track by name, as the command line gives them. */
import { UnknownOverride } from "../../kernel/scope.ts"
import { asShipped, reference, type TopologyVariant } from "./variant.ts"

/** What can be changed by name: everything but the node, which has parameters of its own. */
type Parameters = Omit<TopologyVariant, "node">

const variants = { reference, asShipped } as const

const choices: { readonly [K in keyof Parameters]: ReadonlyArray<Parameters[K]> } = {
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

const isParameter = (name: string): name is keyof Parameters => Object.hasOwn(choices, name)
const isBase = (name: string): name is keyof typeof variants => Object.hasOwn(variants, name)

/**
 * A variant with some parameters changed by name.
 *
 * `base=asShipped` starts from a named variant instead of the given one. Throws `UnknownOverride`, which lists what there is.
 */
export const varied = (given: TopologyVariant, changes: Readonly<Record<string, string>>): TopologyVariant => {
  const { base, ...rest } = changes
  if (base !== undefined && !isBase(base))
    throw new UnknownOverride(`the global track has no variant "${base}"; it has ${Object.keys(variants).join(", ")}`)
  const start: TopologyVariant = base === undefined ? given : variants[base]
  for (const [name, value] of Object.entries(rest)) {
    if (!isParameter(name))
      throw new UnknownOverride(
        `the global track has no parameter "${name}"; it has base, ${Object.keys(choices).join(", ")}`
      )
    const allowed: ReadonlyArray<string> = choices[name]
    if (!allowed.includes(value))
      throw new UnknownOverride(`parameter ${name} cannot be "${value}"; it can be ${allowed.join(", ")}`)
  }
  return { ...start, ...rest }
}
