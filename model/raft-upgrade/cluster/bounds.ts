/** How far a cluster may go on its way to group 0, what its clients ask for, and what goes wrong. */

import type { post, pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { UnknownOverride } from "../../kernel/scope.ts"
import type { Fairness } from "../../kernel/system.ts"
import type { Order } from "./orders.ts"

/** All nodes are in one group, have seen to it that all are, and have come so far since. */
export interface Before {
  /** How far each node of the ring is, in the order of nodes. */
  readonly states: ReadonlyArray<typeof pre | typeof synchronize | typeof post>
  /** Who has ended since, and will not begin again by itself. */
  readonly down: ReadonlyArray<string>
  /** Whether group 0 has made a change since: all are in `use_post_raft_procedures` then. */
  readonly changed: boolean
  /** Who has made a change on the old path, of which nobody else has heard. */
  readonly made?: ReadonlyArray<string>
}

export interface UpgradeBounds {
  /** Nodes by name, in the order of their servers. All but newcomers are on the ring. */
  readonly nodes: ReadonlyArray<string>
  /** Which of them are new, and have yet to come to the ring. */
  readonly newcomers: ReadonlyArray<string>
  /** When newcomers come where RU-A6 is switched off. */
  readonly comes: "atAnyTime" | "onceAllJoined"
  /** Of whose state the disk says at first what nobody knows. */
  readonly unknown: ReadonlyArray<string>
  /** Who does not know how to answer, though the others take the feature for one that all have. */
  readonly lacking: ReadonlyArray<string>
  /** Two nodes that may not be able to reach each other for a time. */
  readonly cut: readonly [one: string, other: string] | null
  /** Who is on the ring and has no tokens. */
  readonly tokenless: ReadonlyArray<string>
  /** Whether all have a row of a peer that is none. */
  readonly hasGhost: boolean
  /** Who may make a schema change on the old path, once for each mention. */
  readonly old: ReadonlyArray<string>
  /** Who may make one by group 0, once for each mention. */
  readonly group0: ReadonlyArray<string>
  /** Whether schemas are brought together before synchronize too, which is only there to save time (U4, U5). */
  readonly firstSync: boolean
  /** Whether each step of joining is one of its own, so that a node may fall between any two. */
  readonly steps: "few" | "each"
  /** Whether a change is pushed only when it is merged, or may be before. */
  readonly pushes: "afterMerge" | "anyTime"
  /** Whether nodes pull schemas from each other, as gossip has it. */
  readonly gossip: boolean
  /** Rounds of a step that are counted, of which each waits before it begins. */
  readonly rounds: number
  /** Pushes that may be lost. */
  readonly losses: number
  /** Nodes that may fall, and come back. */
  readonly falls: number
  /** Whether falls are told apart by the row of the restart matrix that they belong to. */
  readonly fallsBy: "node" | "row"
  /** Nodes that may be told to stop, and are started again. */
  readonly stops: number
  /** Pulls that may fail for good. */
  readonly fatalPulls: number
  /** Fibers that may fail, whose nodes are started again. */
  readonly failures: number
  /** Who may fall, die, stop or fail; everybody where it is not said. */
  readonly frail: ReadonlyArray<string> | null
  /** Nodes that may fall, and never come back. */
  readonly deaths: number
  /** Answers of who lets others into the group that may be lost. */
  readonly timeouts: number
  /** Requests to be let into the group that may come late, or twice. */
  readonly late: number
  /** Whether whom a node asks for the group is kept on its disk, and asked again the next time. */
  readonly storesPeers: boolean
  /** What the cluster has been through already; null where its nodes begin for the first time. */
  readonly before: Before | null
  /** What an operator does, and what else happens only once all before it has, in this order and at any time. */
  readonly orders: ReadonlyArray<Order>
  /** Assumptions that are switched off, by id. */
  readonly without: ReadonlyArray<string>
}

/** Two nodes, nothing asked, and nothing that goes wrong. */
export const small: UpgradeBounds = {
  nodes: ["A", "B"],
  newcomers: [],
  comes: "atAnyTime",
  unknown: [],
  lacking: [],
  cut: null,
  tokenless: [],
  hasGhost: false,
  old: [],
  group0: [],
  firstSync: false,
  steps: "few",
  pushes: "afterMerge",
  gossip: false,
  rounds: 0,
  losses: 0,
  falls: 0,
  fallsBy: "node",
  stops: 0,
  fatalPulls: 0,
  failures: 0,
  frail: null,
  deaths: 0,
  timeouts: 0,
  late: 0,
  storesPeers: false,
  before: null,
  orders: [],
  without: []
}

const known = ["RU-A2", "RU-A3", "RU-A6", "RU-A7", "RU-A8", "RU-A9", "RU-A11"]

/** The same bounds with assumptions switched off. Throws `UnknownOverride` for an id that is none. */
export const assuming = (bounds: UpgradeBounds, without: ReadonlyArray<string>): UpgradeBounds => {
  const ids = without.map((id) => (id.startsWith("RU-") ? id : `RU-${id}`))
  const stranger = ids.find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new UnknownOverride(`raft-upgrade has no assumption "${stranger}" here; it has ${known.join(", ")}`)
  return { ...bounds, without: [...bounds.without, ...ids] }
}

export const isTrusted = ({ without }: UpgradeBounds, assumption: string): boolean =>
  !without.includes(`RU-${assumption}`)

/** Whether a rule has to fire in the end: what an assumption promises is fair until the assumption is switched off. */
export const trusting = (bounds: UpgradeBounds, assumption: string): Fairness =>
  isTrusted(bounds, assumption) ? "weak" : "none"
