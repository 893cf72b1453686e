/** The scopes of the global track. Counts are pinned: whoever changes a rule sees what it changes here. */
import { again, byRepair, join, leave, rebuild, remove, type TopologyBounds, truncate } from "./bounds.ts"
import { scope } from "./scope.ts"
import { asShipped, reference } from "./variant.ts"

/** B owns the range and leaves, so that A gets it. */
const leaving = { nodes: ["A", "B"], members: ["A", "B"], owners: ["B"], requests: [leave("B", "A")] }
/** A and B own the range, and A gets it once more from B. */
const rebuilding = { nodes: ["A", "B"], members: ["A", "B"], owners: ["A", "B"], requests: [rebuild("A", "A", "B")] }
const deposed = { requests: [truncate(1), truncate(2)], failovers: 1, clients: ["write"] } as const
const leavingAgain = {
  ...leaving,
  requests: [leave("B", "A"), again(leave("B", "A"))],
  breaks: 1,
  clients: ["delete"]
} as const

/** The bounds by the name of their scope, so that a mutant can be run within the same. */
export const within = {
  oneTruncation: { requests: [truncate(1)], breaks: 1, failovers: 1, clients: ["write"] },
  restartedNode: { requests: [truncate(1)], restarts: 1, failovers: 1 },
  twoOwners: { ...rebuilding, requests: [truncate(1)], breaks: 1 },
  deposedCoordinator: deposed,
  lateTruncation: { ...leaving, requests: [leave("B", "A"), truncate(1)], queued: 1 },
  joining: { nodes: ["A", "B"], requests: [join("B", "B")], breaks: 1 },
  removing: {
    nodes: ["A", "C"],
    members: ["A", "B", "C"],
    dead: ["B"],
    owners: ["B", "C"],
    requests: [remove("B", "A", "C")],
    breaks: 1
  },
  rollback: { ...leaving, breaks: 1, barrierBreaks: 1, slowWrites: 1 },
  leavingAgain,
  leaveThenTruncate: { ...leaving, requests: [leave("B", "A"), truncate(1)], breaks: 1 },
  leaderLeaves: {
    ...leaving,
    barrierBreaks: 1,
    restarts: 1,
    failovers: 1,
    leader: "B",
    clients: ["delete"]
  },
  rebuilding: { ...rebuilding, breaks: 1, clients: ["delete"] },
  rebuildingByRepair: { ...rebuilding, requests: [byRepair(rebuild("A", "A", "B"))], breaks: 1, clients: ["delete"] },
  laggingNode: { ...leaving, skips: true }
} as const satisfies Readonly<Record<string, Partial<TopologyBounds>>>

/** Scopes in which the reference holds every law. */
const holding = [
  scope("oneTruncation", {
    about: "A truncation, a broken connection and a failover: it is carried out, ended once, and leaves nothing.",
    bounds: within.oneTruncation,
    also: ["W41", "W43"],
    pinned: [16_910, 42_278, 57]
  }),
  scope("restartedNode", {
    about: "A truncation, a node that restarts and a failover.",
    bounds: within.restartedNode,
    also: ["W41", "W43"],
    pinned: [8_085, 16_381, 56]
  }),
  scope("twoOwners", {
    about: "A truncation at two owners, and a broken connection to one of them.",
    bounds: within.twoOwners,
    also: ["W41"],
    pinned: [1_264, 3_239, 65]
  }),
  scope("deposedCoordinator", {
    about: "Two truncations, and a coordinator that sends the RPCs of the first when it has long been replaced.",
    bounds: within.deposedCoordinator,
    also: ["W41", "W43"],
    pinned: [9_610, 18_201, 72]
  }),
  scope("lateTruncation", {
    about: "A truncation that is asked for while a node leaves.",
    bounds: within.lateTruncation,
    also: ["W41"],
    pinned: [3_190, 7_216, 77]
  }),
  scope("joining", {
    about: "A node joins, or fails to and is no member any more.",
    bounds: within.joining,
    also: ["W41", "W42"],
    pinned: [1_026, 2_560, 50]
  }),
  scope("removing", {
    about: "A dead node is removed: who gets its range fetches the data from another owner.",
    bounds: within.removing,
    also: ["W41", "W42"],
    pinned: [1_136, 2_812, 51]
  }),
  scope("rollback", {
    about: "A node fails to leave, the barrier after that misses the receiver, and the receiver cleans up by itself.",
    bounds: within.rollback,
    also: ["W41", "W42", "W44"],
    pinned: [85_025, 297_404, 58]
  }),
  scope("leavingAgain", {
    about: "A node fails to leave and tries again, and clients delete what the first try may have left behind.",
    bounds: within.leavingAgain,
    also: ["W42", "W45"],
    pinned: [12_494, 34_118, 93]
  }),
  scope("leaveThenTruncate", {
    about: "A stream that its coordinator has given up begins when another request has the topology's session.",
    bounds: within.leaveThenTruncate,
    also: ["W41", "W42"],
    pinned: [38_849, 123_042, 90]
  }),
  scope("leaderLeaves", {
    about:
      "The node that leaves is the coordinator and restarts while it streams; a connection breaks under a barrier.",
    bounds: within.leaderLeaves,
    also: ["W41"],
    pinned: [48_858, 145_310, 78]
  }),
  scope("rebuilding", {
    about: "A node is rebuilt, or fails to, and clients delete what is still on its way.",
    bounds: within.rebuilding,
    also: ["W41", "W42"],
    pinned: [2_976, 8_103, 36]
  }),
  scope("rebuildingByRepair", {
    about: "The same by repair.",
    bounds: within.rebuildingByRepair,
    also: ["W41", "W42"],
    pinned: [2_976, 8_103, 36]
  }),
  scope("laggingNode", {
    about: "Nodes apply several commands in one step.",
    bounds: within.laggingNode,
    also: ["W41"],
    pinned: [200, 457, 43]
  })
]

/** Scopes in which the shipped design fails, one repair of the reference undone in each, and with which law and shortest story. */
const failing = [
  scope("asShippedRollback", {
    about:
      "Shipped (Q4): a rollback keeps the session, so cleanup drains nothing and the failed stream lands after it.",
    variant: { rollbackClears: asShipped.rollbackClears },
    bounds: within.leavingAgain,
    pinned: [13_193, 36_194, 93],
    mustFail: { L5t: 73, D2t: 89, D3t: 46 }
  }),
  scope("asShippedTruncation", {
    about:
      "Shipped (M47): a deposed coordinator borrows the session of another truncation, and rows written since are lost.",
    variant: { sessionRead: asShipped.sessionRead },
    bounds: within.deposedCoordinator,
    pinned: [10_214, 19_429, 72],
    mustFail: { S12: 31, C2: 42, S6t: 46, D1t: 47 }
  }),
  scope("asShippedLeave", {
    about:
      "Shipped (Q4): a leaving node sends its data under the default session, which no barrier and no cleanup waits for.",
    variant: { leavesUnder: asShipped.leavesUnder },
    bounds: within.leavingAgain,
    pinned: [12_467, 34_499, 93],
    mustFail: { S12: 22, D2t: 89, D3t: 46 }
  }),
  scope("asShippedSwitch", {
    about:
      "Shipped: the barrier after the data has moved lets a silent node pass, whose remnants land in what it owns now.",
    variant: { switchBarrier: asShipped.switchBarrier },
    bounds: within.leaderLeaves,
    pinned: [43_782, 130_398, 69],
    mustFail: { S6t: 60, D2t: 61 }
  }),
  scope("asShippedRebuild", {
    about: "Shipped: a rebuild clears its session with its end, and no barrier waits for what is left of it.",
    variant: { rebuildEnds: asShipped.rebuildEnds },
    bounds: within.rebuilding,
    pinned: [546, 1_228, 21],
    mustFail: { D2t: 15 }
  }),
  scope("asShipped", {
    about: "Shipped, all of it: a node fails to leave and tries again.",
    variant: { ...asShipped, node: reference.node },
    bounds: within.leavingAgain,
    pinned: [12_467, 34_499, 93],
    mustFail: { S12: 22, L5t: 73, D2t: 89, D3t: 46 }
  })
]

export const topologyScopes = [...holding, ...failing]
