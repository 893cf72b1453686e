/** The scopes of the cluster. Counts are pinned: whoever changes a rule sees what it changes here. */
import { scope } from "./scope.ts"
import { asProposed, asShipped } from "./variant.ts"

const oneShard = { shards: 1 }
const thenRepair = [
  { kind: "migration", to: ["B"] },
  { kind: "repair", to: ["B"] }
] as const
const resurrection = {
  transitions: thenRepair,
  streamBreaks: 1,
  requests: ["delete"],
  script: ["transition", "request", "transition"],
  purges: 1
} as const

const hinted = {
  ...oneShard,
  replicas: ["A", "B"],
  transitions: [{ kind: "repair", to: ["A", "B"] }],
  requests: ["write", "delete"],
  script: ["request", "request", "transition"],
  asks: [
    { at: "A", stage: null },
    { at: "A", stage: null }
  ],
  patient: true,
  hint: true,
  purges: 1
} as const

/** Scopes in which the reference holds every law. */
const holding = [
  scope("migration", {
    about: "Two nodes with two shards: a tablet moves from one to the other, and nothing goes wrong.",
    bounds: {},
    pinned: [5_550, 16_465, 157]
  }),
  scope("brokenStream", {
    about: "The stream breaks once: what was sent of it lives on while the migration is tried again.",
    bounds: { streamBreaks: 1 },
    pinned: [18_440, 63_241, 163]
  }),
  scope("brokenCall", {
    about: "A coordinator loses a node while it waits for it; the node goes on.",
    bounds: { ...oneShard, breaks: 1 },
    pinned: [95_190, 285_143, 130]
  }),
  scope("restart", {
    about: "A node restarts at any moment, and has its sessions again after its first reload.",
    bounds: { ...oneShard, restarts: 1 },
    pinned: [17_346, 43_833, 129]
  }),
  scope("lostNode", {
    about: "A node dies at any moment and is declared dead: the migration goes back, or on without it.",
    bounds: { ...oneShard, exclusions: 1 },
    pinned: [40_682, 75_617, 131]
  }),
  scope("repeatedMessage", {
    about: "A command, a trigger or streamed rows come twice.",
    bounds: { ...oneShard, repeats: 1 },
    pinned: [104_216, 306_041, 134]
  }),
  scope("movingTopology", {
    about: "An operator changes the topology in the middle of a barrier.",
    bounds: { ...oneShard, bumps: 1 },
    pinned: [23_644, 54_801, 138]
  }),
  scope("skippedStates", {
    about: "Nodes lag behind and apply several commands in one step, as from a snapshot.",
    bounds: { skips: true, streamBreaks: 1 },
    pinned: [26_740, 98_449, 137]
  }),
  scope("unrelatedWork", {
    about: "Somebody stays inside another session for ever, and no barrier waits for it.",
    bounds: { unrelated: true, streamBreaks: 1 },
    pinned: [73_754, 326_701, 165]
  }),
  scope("droppedTable", {
    about: "The table is dropped in the middle of it all.",
    bounds: { drops: 1, streamBreaks: 1, ...oneShard },
    pinned: [31_522, 94_117, 128]
  }),
  scope("fullDisk", {
    about: "The target's disk is full: the migration goes back.",
    bounds: { fullDisks: 1 },
    pinned: [18_406, 65_499, 158]
  }),
  scope("write", {
    about: "A client writes in any stage of a migration.",
    bounds: { ...oneShard, requests: ["write"] },
    pinned: [164_634, 516_882, 126]
  }),
  scope("failover", {
    about: "Another coordinator takes over at any moment, and the one before it may not have noticed.",
    bounds: { ...oneShard, failovers: 1 },
    pinned: [760_321, 2_777_166, 140]
  }),
  scope("resurrection", {
    about:
      "Scenario J: a migration whose stream broke, a deletion, a repair, a purge: what was left behind does not bring the row back.",
    bounds: resurrection,
    pinned: [427_420, 1_689_651, 224]
  }),
  scope("intranode", {
    about: "A tablet moves between two shards of a node while a client writes.",
    bounds: { nodes: ["A"], transitions: [{ kind: "intranode_migration", to: ["A.0"] }], requests: ["write"] },
    pinned: [13_588, 30_992, 100]
  }),
  scope("twoRequests", {
    about: "A write and a read that may overlap, while the tablet moves between two shards.",
    bounds: {
      nodes: ["A"],
      transitions: [{ kind: "intranode_migration", to: ["A.0"] }],
      requests: ["write", "read"],
      overlap: true
    },
    pinned: [466_426, 1_420_926, 105]
  }),
  scope("readAfterPurge", {
    about: "A row is deleted, the tablet is repaired, the tombstone purged, and then a client reads.",
    bounds: {
      ...oneShard,
      transitions: [{ kind: "repair", to: ["A"] }],
      requests: ["delete", "read"],
      script: ["request", "transition", "request"],
      purges: 1
    },
    pinned: [12_576, 33_225, 49]
  }),
  scope("conditionalWrite", {
    about: "A conditional write in any stage of a move between two shards.",
    bounds: { nodes: ["A"], transitions: [{ kind: "intranode_migration", to: ["A.0"] }], requests: ["conditional"] },
    pinned: [45_336, 105_878, 106]
  }),
  scope("movedConditionalWrite", {
    about: "A conditional write that begins while the tablet's rows move to another node.",
    bounds: { ...oneShard, requests: ["conditional"], asks: [{ at: "A", stage: "streaming" }] },
    pinned: [237_646, 722_727, 136]
  }),
  scope("outbidWrites", {
    about: "Two conditional writes overlap, ask for the same value, and may be given up in any round.",
    bounds: { ...oneShard, nodes: ["A"], transitions: [], requests: ["conditional", "conditional"], overlap: true },
    pinned: [2_508, 7_066, 25]
  }),
  scope("conditionalWrites", {
    about: "Two conditional writes that ask for the same value, while the tablet moves between two shards.",
    bounds: {
      nodes: ["A"],
      transitions: [{ kind: "intranode_migration", to: ["A.0"] }],
      requests: ["conditional", "conditional"],
      overlap: true,
      asks: [
        { at: "A", stage: "write_both_read_old" },
        { at: "A", stage: "streaming" }
      ],
      patient: true
    },
    pinned: [145_768, 431_409, 117]
  }),
  scope("hint", {
    about: "A write is lost and kept as a hint; its row is deleted, the tablet repaired, and the tombstone purged.",
    bounds: hinted,
    pinned: [41_704, 129_658, 69]
  }),
  scope("movedHint", {
    about: "A write is lost while the tablet moves, and its hint is sent whenever there is time.",
    bounds: {
      ...oneShard,
      requests: ["write"],
      asks: [{ at: "B", stage: "write_both_read_new" }],
      hint: true
    },
    pinned: [141_330, 471_821, 128]
  }),
  scope("rebuild", {
    about: "A second replica is built from the first.",
    bounds: { transitions: [{ kind: "rebuild", to: ["A", "B"] }], streamBreaks: 1 },
    pinned: [19_788, 69_285, 158]
  }),
  scope("rebuildV2", {
    about: "The same with a repair before it.",
    bounds: { transitions: [{ kind: "rebuild_v2", to: ["A", "B"] }], streamBreaks: 1 },
    pinned: [25_204, 89_795, 173]
  }),
  scope("sharedTablet", {
    about: "Two tables share the tablet that moves: each is streamed and cleaned up in its turn, under one session.",
    bounds: { colocated: 1, streamBreaks: 1 },
    pinned: [33_234, 115_385, 183]
  }),
  scope("sharedTabletLost", {
    about: "The same on one shard, and a node that dies at any moment.",
    bounds: { ...oneShard, colocated: 1, exclusions: 1 },
    pinned: [45_468, 84_485, 143]
  }),
  scope("sharedIntranode", {
    about: "A tablet of two tables moves between two shards of a node.",
    bounds: { nodes: ["A"], colocated: 1, transitions: [{ kind: "intranode_migration", to: ["A.0"] }] },
    pinned: [462, 789, 103]
  }),
  scope("sharedRebuildV2", {
    about: "A second replica of a tablet of two tables is built once each of them is repaired.",
    bounds: { ...oneShard, colocated: 1, transitions: [{ kind: "rebuild_v2", to: ["A", "B"] }] },
    pinned: [1_560, 3_341, 143]
  }),
  scope("splitTable", {
    about: "A split is decided at any moment of a migration, and carried out when that is over.",
    bounds: { ...oneShard, resize: "split", streamBreaks: 1 },
    pinned: [101_934, 285_797, 148]
  }),
  scope("mergedTable", {
    about: "A merge is decided at any moment of a repair, and carried out when that is over.",
    bounds: { ...oneShard, resize: "merge", transitions: [{ kind: "repair", to: ["A"] }] },
    pinned: [4_994, 11_641, 61]
  }),
  scope("unheardCommit", {
    about: "A coordinator never hears that its commit was effective, and looks again; the tablet moves there and back.",
    bounds: {
      ...oneShard,
      transitions: [
        { kind: "migration", to: ["B"] },
        { kind: "migration", to: ["A"] }
      ],
      unheard: 1
    },
    pinned: [9_792, 21_437, 238]
  }),
  scope("twoRepairs", {
    about: "Two repairs of two replicas, one after the other, with a stream that breaks.",
    bounds: {
      ...oneShard,
      replicas: ["A", "B"],
      transitions: [
        { kind: "repair", to: ["A", "B"] },
        { kind: "repair", to: ["A", "B"] }
      ],
      streamBreaks: 1
    },
    pinned: [88_783, 315_726, 103]
  }),
  scope("restoreThenRepair", {
    about: "A restore, and a repair after it.",
    bounds: {
      ...oneShard,
      transitions: [
        { kind: "restore", to: ["A"] },
        { kind: "repair", to: ["A"] }
      ],
      streamBreaks: 1
    },
    pinned: [5_958, 15_219, 86]
  }),
  scope("asShippedEarlyRollback", {
    about: "Shipped: a rollback before streaming keeps the session until the end, which does no harm (Q2).",
    variant: asShipped,
    bounds: { ...oneShard, exclusions: 1 },
    pinned: [40_682, 75_617, 131]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  scope("noWaiting", {
    about: "A barrier that does not wait for those inside a closed session: the row is back (scenario J).",
    variant: { waitsFor: "versions" },
    bounds: resurrection,
    pinned: [548_688, 2_210_123, 224],
    mustFail: { S5c: 88, S6: 97, S8: 156, V5s: 95, D2: 183 }
  }),
  scope("unseenHint", {
    about: "A repair counts although it has not seen what is kept as a hint: the row is back when the hint is sent.",
    variant: { repairCounts: "always" },
    bounds: hinted,
    pinned: [43_662, 138_160, 69],
    mustFail: { D2: 39 }
  }),
  scope("asShippedRestore", {
    about: "Shipped: a restore ends without a barrier, and what is left of it overlaps the next repair (Q3).",
    variant: asShipped,
    bounds: {
      ...oneShard,
      transitions: [
        { kind: "restore", to: ["A"] },
        { kind: "repair", to: ["A"] }
      ],
      streamBreaks: 1
    },
    pinned: [5_176, 13_591, 68],
    mustFail: { S8: 14 }
  }),
  scope("asProposed", {
    about: "The design of 2023: a node that did not answer is fenced instead of waited for.",
    variant: asProposed,
    bounds: { ...oneShard, breaks: 1 },
    pinned: [158_666, 481_269, 128],
    mustFail: { S5c: 61, S10: 33, V5: 13 }
  })
]

export const scopes = [...holding, ...failing]
