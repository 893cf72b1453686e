/** How far discovery alone may go: who is there, whom each is told of, and what goes wrong. */
import { UnknownOverride } from "../../kernel/scope.ts"
import type { Fairness } from "../../kernel/system.ts"

export interface DiscoveryBounds {
  /** Nodes by name, each with whom it is told of. Servers are numbered in this order. */
  readonly seeds: Readonly<Record<string, ReadonlyArray<string>>>
  /** Names of nodes in the order of their servers, smallest first, where that is not the order of `seeds`. */
  readonly order?: ReadonlyArray<string>
  /** Whether an answer may be long on its way. */
  readonly answers: "atOnce" | "later"
  /** Answers that may be lost. */
  readonly losses: number
  /** Nodes that may fall, and come back. */
  readonly falls: number
  /** Assumptions that are switched off, by id. */
  readonly without: ReadonlyArray<string>
}

/** Two nodes that know each other, and nothing that goes wrong. */
export const two: DiscoveryBounds = {
  seeds: { A: ["B"], B: ["A"] },
  answers: "later",
  losses: 0,
  falls: 0,
  without: []
}

/** What discovery rests on. */
const known = ["RU-A1", "RU-A2", "RU-A5", "RU-A8", "RU-A9"]

/** The same bounds with assumptions switched off. Throws `UnknownOverride` for an id that is none of discovery's. */
export const assuming = (bounds: DiscoveryBounds, without: ReadonlyArray<string>): DiscoveryBounds => {
  const ids = without.map((id) => (id.startsWith("RU-") ? id : `RU-${id}`))
  const stranger = ids.find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new UnknownOverride(`discovery has no assumption "${stranger}"; it has ${known.join(", ")}`)
  return { ...bounds, without: [...bounds.without, ...ids] }
}

/** Whether a rule has to fire in the end: what an assumption promises is fair until the assumption is switched off. */
export const trusting = ({ without }: DiscoveryBounds, assumption: string): Fairness =>
  without.includes(`RU-${assumption}`) ? "none" : "weak"
