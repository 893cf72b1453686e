/** The designs of what is done under the topology's own session, as data: the reference, what ships, and changes that break a law. */
import { type Variant as ClusterVariant, reference as referenceCluster } from "../cluster/variant.ts"

export interface TopologyVariant {
  /** What a node is: how it applies, takes commands and admits (M17 and the like). */
  readonly node: ClusterVariant
  /** Whether the rollback of a vnode operation takes its session away (Q4). */
  readonly rollbackClears: "yes" | "no"
  /** What the barrier after a rollback makes of nodes that do not answer. */
  readonly rollbackBarrier: "reachable" | "everybody"
  /** What the barrier after the data has moved makes of nodes that do not answer (M26 on the global track). */
  readonly switchBarrier: "everybody" | "reachable"
  /** Who is asked for a barrier (M27). */
  readonly targets: "members" | "normalOnly"
  /** How a rebuild ends. */
  readonly rebuildEnds: "withBarrier" | "atOnce"
  /** What a leaving node sends its data under (Q4, Q8). */
  readonly leavesUnder: "session" | "default"
  /** What data that is moved by repair comes under (M50). */
  readonly repairsUnder: "session" | "default"
  /** Which session a stream command works under: that of when it was accepted, or of when it comes to its work (M48). */
  readonly streamSession: "accepted" | "current"
  /** What the session of an operation that moves data is named after: the command that sets it, or its node (M89). */
  readonly sessionIds: "byCommand" | "byNode"
  /** When a truncation's session is set (M46). */
  readonly sessionSet: "handling" | "submission"
  /** Which session goes into the RPCs of a truncation: read with the right to commit, or when they are sent (M47). */
  readonly sessionRead: "underGuard" | "atSending"
  /** When a truncation's session is cleared. */
  readonly sessionCleared: "beforeFinalising" | "withFinalising"
  /** Whether a barrier stands between the clearing and the end of a truncation. */
  readonly finalBarrier: "yes" | "no"
  /** What a coordinator makes of a truncation whose session is gone already (scenario I). */
  readonly afterClearing: "finishes" | "sendsAgain"
  /** What a node waits for before it drops what it does not own (M44). */
  readonly cleanupAwaits: "sessionsAndWrites" | "writes" | "sessions"
}

/** Satisfies every law. */
export const reference: TopologyVariant = {
  node: referenceCluster,
  rollbackClears: "yes",
  rollbackBarrier: "reachable",
  switchBarrier: "everybody",
  targets: "members",
  rebuildEnds: "withBarrier",
  leavesUnder: "session",
  repairsUnder: "session",
  streamSession: "accepted",
  sessionIds: "byCommand",
  sessionSet: "handling",
  sessionRead: "underGuard",
  sessionCleared: "beforeFinalising",
  finalBarrier: "yes",
  afterClearing: "finishes",
  cleanupAwaits: "sessionsAndWrites"
}

/** ScyllaDB at HEAD (`f4a4091ca2`): every repair of the reference undone. */
export const asShipped: TopologyVariant = {
  ...reference,
  rollbackClears: "no",
  switchBarrier: "reachable",
  rebuildEnds: "atOnce",
  leavesUnder: "default",
  sessionRead: "atSending"
}
