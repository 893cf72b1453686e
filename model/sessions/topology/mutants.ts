/**
 * Changes of the reference that each break a law of the global track, by number: what the museum shows and the model's tests claim.
 *
 * From M84 on they are ours: laws that had none, or what HEAD leaves open. A letter tells two halves of one mutant apart; the
 * other half of M17, M26 and M27 is one of tablets.
 */
import type { within } from "./scopes.ts"
import { reference, type TopologyVariant } from "./variant.ts"

/** One parameter with another value than the reference's. */
export interface TopologyMutant {
  readonly id: string
  /** What it does, in one sentence. */
  readonly sentence: string
  /** Where it was found. */
  readonly origin: string
  readonly change: Partial<TopologyVariant>
  /** Bounds in which the reference holds every law and this does not. */
  readonly scope: keyof typeof within
  /** The laws that it breaks there, the one that it is named for first, and the steps of the shortest story. */
  readonly breaks: Readonly<Record<string, number>>
}

export const topologyMutants: ReadonlyArray<TopologyMutant> = [
  {
    id: "M17b",
    sentence: "The topology's session is left out of the open set, and it is the only one.",
    origin: "plausible",
    change: { node: { ...reference.node, openSet: "tabletsOnly" } },
    scope: "oneTruncation",
    breaks: { S1: 6 }
  },
  {
    id: "M26b",
    sentence: "The barrier after the data has moved succeeds although a node has not drained.",
    origin: "before scylladb commit ffe3262e8d; at HEAD for the ring",
    change: { switchBarrier: "reachable" },
    scope: "leaderLeaves",
    breaks: { S6t: 60, D2t: 61 }
  },
  {
    id: "M27b",
    sentence: "A node that joins is not asked for a barrier.",
    origin: "scylladb commit a04ea7b997, issue 17108",
    change: { targets: "normalOnly" },
    scope: "joining",
    breaks: { V5: 12 }
  },
  {
    id: "M44a",
    sentence: "A node's cleanup does not drain closing sessions.",
    origin: "scylladb commit f34126aacf, issue 26150",
    change: { cleanupAwaits: "writes" },
    scope: "rollback",
    breaks: { D3t: 41 }
  },
  {
    id: "M44b",
    sentence: "A node's cleanup does not wait for writes that were fenced.",
    origin: "scylladb commit 24f8962938, issue 26150",
    change: { cleanupAwaits: "sessions" },
    scope: "rollback",
    breaks: { D3t: 40 }
  },
  {
    id: "M46",
    sentence: "The session of a request is set when it is asked for, over that of the operation that goes on.",
    origin: "scylladb commits a59618e83d (22613) and 04976875cc (27804)",
    change: { sessionSet: "submission" },
    scope: "lateTruncation",
    breaks: { S16: 57, C2: 57 }
  },
  {
    id: "M47",
    sentence:
      "A coordinator reads the session after it let go of the right to commit, and may find that of another operation.",
    origin: "scylladb PR 31244; at HEAD in handle_topology_ordered_op",
    change: { sessionRead: "atSending" },
    scope: "deposedCoordinator",
    breaks: { C2: 42, S6t: 46, D1t: 47 }
  },
  {
    id: "M48",
    sentence: "A stream takes the session of the moment when it comes to its work.",
    origin: "scylladb commit 2be5ee9f9d",
    change: { streamSession: "current" },
    scope: "leaveThenTruncate",
    breaks: { C2: 44, D3t: 51 }
  },
  {
    id: "M50",
    sentence: "Operations that move data by repair pass no session.",
    origin: "scylladb commit 3fe596d556, issue 27759",
    change: { repairsUnder: "default" },
    scope: "rebuildingByRepair",
    breaks: { S12: 9, D2t: 32 }
  },
  {
    id: "M84",
    sentence: "An operation of the ring that failed keeps its session.",
    origin: "dossier sessions Q4; at HEAD in rollback_current_topology_op",
    change: { rollbackClears: "no" },
    scope: "leavingAgain",
    breaks: { L5t: 73, D3t: 46, D2t: 89 }
  },
  {
    id: "M85",
    sentence: "A leaving node sends its data under the default session.",
    origin: "dossier sessions Q4; at HEAD in unbootstrap",
    change: { leavesUnder: "default" },
    scope: "leavingAgain",
    breaks: { S12: 22, D3t: 46, D2t: 89 }
  },
  {
    id: "M86",
    sentence: "A rebuild of the ring ends without a barrier.",
    origin: "found by exploration",
    change: { rebuildEnds: "atOnce" },
    scope: "rebuilding",
    breaks: { D2t: 15 }
  },
  {
    id: "M87a",
    sentence: "A truncation is marked done without a barrier after its session was cleared.",
    origin: "plausible",
    change: { finalBarrier: "no" },
    scope: "oneTruncation",
    breaks: { S6t: 32, D1t: 33 }
  },
  {
    id: "M87b",
    sentence: "A truncation's session is cleared by the command that marks it done.",
    origin: "plausible",
    change: { sessionCleared: "withFinalising" },
    scope: "oneTruncation",
    breaks: { D1t: 31, S6t: 30 }
  },
  {
    id: "M88",
    sentence: "The next coordinator sends a truncation again whose session is cleared.",
    origin: "dossier sessions, scenario I",
    change: { afterClearing: "sendsAgain" },
    scope: "oneTruncation",
    breaks: { L3t: 60, S12: 28 }
  },
  {
    id: "M89",
    sentence: "An operation's session is named after its node, so that a second try has that of the first.",
    origin: "plausible",
    change: { sessionIds: "byNode" },
    scope: "leavingAgain",
    breaks: { S9: 44, S1: 45, C2: 63, D2t: 89 }
  }
]
