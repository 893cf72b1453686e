/** Who has served which request with a token that was good. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type PaxosRound, paxosRounds, type RequestId } from "../messages.ts"
import type { NodeId, Version } from "../metadata.ts"

export interface Asked {
  readonly request: RequestId
  readonly version: Version
  readonly targets: number
  /** Targets that have not said anything yet, or not whether they learned what was decided. */
  readonly silent: ReadonlyArray<NodeId>
  /** Targets that have served it, and were not past it. */
  readonly served: ReadonlyArray<NodeId>
  /** Present for a conditional write: the last round that anybody has said anything in, which is that of `served`. */
  readonly round?: PaxosRound
  /** The client knows how it ended. */
  readonly told: boolean
}

/** Requests that somebody may still serve or tell the end of, in the order in which they began. */
export type Requests = ReadonlyArray<Asked>

export const requests: Memory<Requests, ClusterLabel> = {
  name: "requests",
  init: [],
  on: (before, label) => {
    switch (label._tag) {
      case "RequestBegan": {
        const { request, version, targets, condition } = label
        const asked: Asked = { request, version, targets: targets.length, silent: targets, served: [], told: false }
        return [...before, condition === undefined ? asked : { ...asked, round: "prepare" }]
      }
      case "Served": {
        const { round } = label
        return changed(before, label.request, (asked) =>
          round === undefined ? heard(asked, label) : heardIn(round, asked, label)
        )
      }
      case "RequestEnded":
        return changed(before, label.request, (asked) => ({ ...asked, served: [], told: true }))
      default:
        return before
    }
  }
}

type Said = Extract<ClusterLabel, { _tag: "Served" }>

const orderOf = (round: PaxosRound): number => paxosRounds.indexOf(round)

/** An answer of a round that is over counts for nothing, and only the last round is the last that anybody hears of it. */
const heardIn = (round: PaxosRound, asked: Asked, label: Said): Asked => {
  const later = orderOf(round) - orderOf(asked.round ?? "prepare")
  if (later < 0) return asked
  const after = heard(later === 0 ? asked : { ...asked, served: [], round }, label)
  return round === "learn" ? after : { ...after, silent: asked.silent }
}

const heard = (asked: Asked, { node, reason, fence }: Said): Asked => ({
  ...asked,
  silent: asked.silent.filter((other) => other !== node),
  served: reason === null && !isStale(asked, fence) ? [...new Set([...asked.served, node])].sort() : asked.served
})

const changed = (before: Requests, request: RequestId, change: (asked: Asked) => Asked): Requests =>
  before
    .map((asked) => (asked.request === request ? change(asked) : asked))
    .filter(({ told, silent }) => !told || silent.length > 0)

/** A token of 0 asks for no fence. */
export const isStale = ({ version }: Pick<Asked, "version">, fence: Version): boolean =>
  version !== 0 && version < fence

export const askedBy = (memory: Requests, request: RequestId): Asked | undefined =>
  memory.find((asked) => asked.request === request)
