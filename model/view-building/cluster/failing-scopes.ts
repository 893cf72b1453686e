/** Scopes that must fail: one change to the reference each, and what ships, with the laws that break and the lengths of their stories. */

import { asShipped, original2025 } from "../variant.ts"
import { merging, moving, neighbours, stagedAt, twoBases } from "./grounds.ts"
import { scope } from "./scope.ts"

/** Shipped at HEAD, each without what else is shipped. */
const shipped = [
  scope("asShippedSleep", {
    about: "Shipped, M44: what happens between the last look and the sleep wakes nobody.",
    variant: { wakeUps: asShipped.wakeUps },
    bounds: {},
    pinned: [36, 44, 16],
    mustFail: { L1: 6, L5: 14, L6: 6 }
  }),
  scope("asShippedRevert", {
    about: "Shipped, M39: a staging task stays where its tablet does not come.",
    variant: { revertPending: asShipped.revertPending },
    bounds: { ...moving, staging: [stagedAt("A.0")], streamFailures: 1 },
    pinned: [25_514, 47_621, 46],
    mustFail: { S7: 13 }
  }),
  scope("asShippedDrop", {
    about: "Shipped, M40: staging tasks outlive their table, and everything else waits for them for ever.",
    variant: { dropTable: asShipped.dropTable },
    bounds: {
      ...twoBases,
      schema: [{ create: "v", of: "t" }, { drop: "v" }, { dropTable: "t" }, { create: "x", of: "u" }],
      staging: [stagedAt("A.0")]
    },
    pinned: [2_281, 3_997, 39],
    mustFail: { S7: 10, L1: 11, L5: 11 }
  }),
  scope("asShippedDrain", {
    about: "Shipped, M45: a node that leaves keeps a status that nobody changes.",
    variant: { succeeds: asShipped.succeeds },
    bounds: {
      nodes: ["A", "B"],
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ],
      members: [{ drain: "B" }]
    },
    pinned: [2_438, 3_475, 151],
    mustFail: { S10: 15, L1: 16, L5: 16, L6: 16 }
  }),
  scope("asShippedRollback", {
    about: "Shipped, M37: a rollback revives what another tablet of the shard has aborted. No law minds.",
    variant: { rollbackTokens: asShipped.rollbackTokens },
    bounds: {
      ...neighbours,
      transitions: [
        { base: "t", lastToken: 4, kind: "migration", to: ["B.0"] },
        { base: "t", lastToken: 8, kind: "migration", to: ["B.0"] }
      ],
      together: 2,
      streamFailures: 1
    },
    pinned: [61_453, 145_031, 43]
  }),
  scope("asShipped", {
    about: "Shipped, all of it: a tablet moves while an sstable is in staging.",
    variant: asShipped,
    bounds: { ...moving, staging: [stagedAt("A.0")] },
    pinned: [55_834, 128_544, 50],
    mustFail: { L1: 6, L5: 13, L6: 6, L4: 15 }
  }),
  scope("original", {
    about: "The original of 2025: a tablet moves, and comes back.",
    variant: original2025,
    bounds: {
      ...neighbours,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.0"] }],
      streamFailures: 1
    },
    pinned: [2_781, 5_890, 33],
    mustFail: { S6: 3, S23: 15, L1: 6, L3: 11, L5: 13, L6: 6 }
  })
]

/** Changes to what group 0 is told to say. */
const changes = [
  scope("staleIds", {
    about: "M25: ids come from a clock that is behind.",
    variant: { ids: "fromClock" },
    bounds: twoBases,
    pinned: [64, 78, 25],
    mustFail: { S18: 13 }
  }),
  scope("halfADrop", {
    about: "S21: a view goes and its tasks stay.",
    variant: { dropsTasks: "never" },
    bounds: { schema: [{ create: "v", of: "t" }, { drop: "v" }] },
    pinned: [44, 59, 15],
    mustFail: { S21: 3 }
  }),
  scope("instantBuild", {
    about: "M27: a view of a base with rows is built at once.",
    variant: { instantBuild: "always" },
    bounds: {},
    pinned: [8, 10, 4],
    mustFail: { D1: 2 }
  }),
  scope("everyProposed", {
    about: "M01: tasks are aborted for migrations that were only proposed.",
    variant: { aborts: "everyProposed" },
    bounds: {
      ...neighbours,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.0"] }],
      streamFailures: 1
    },
    pinned: [1_342, 2_487, 25],
    mustFail: { S6: 4, L1: 17, L3: 17, L5: 17 }
  }),
  scope("rollbackPending", {
    about: "M02: a revert brings back the tasks of the replica that does not come.",
    variant: { rollbackOf: "pending" },
    bounds: {
      ...neighbours,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.0"] }],
      streamFailures: 1
    },
    pinned: [1_512, 2_879, 28],
    mustFail: { S6: 7, L1: 11, L3: 11, L5: 11, L6: 11 }
  }),
  scope("sameId", {
    about: "M55: a task that comes back has its old id.",
    variant: { rollbackIds: "same" },
    bounds: {
      ...neighbours,
      transitions: [{ base: "t", lastToken: 4, kind: "migration", to: ["B.0"] }],
      streamFailures: 1
    },
    pinned: [1_542, 2_939, 29],
    mustFail: { S5: 7 }
  }),
  scope("nothingMoves", {
    about: "M30: a migration does not take along what is left to do.",
    variant: { endMoves: "nothing" },
    bounds: moving,
    pinned: [297, 494, 19],
    mustFail: { S8: 7, D1: 13 }
  }),
  scope("abortedMoves", {
    about: "M37: a migration takes along what was aborted, and nothing that came since.",
    variant: { endMoves: "abortedTasks" },
    bounds: {
      ...moving,
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ]
    },
    pinned: [5_188, 9_404, 35],
    mustFail: { S7: 7, S8: 7, D1: 19 }
  }),
  scope("tooEarly", {
    about: "M52: the tasks of an added replica are made as the transition begins.",
    variant: { addedReplica: "atTheBeginning" },
    bounds: {
      ...moving,
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ],
      transitions: [{ base: "t", lastToken: 8, kind: "rebuild", to: ["A.0", "B.0"] }]
    },
    pinned: [4_817, 9_148, 40],
    mustFail: { S7: 3, S8: 7 }
  }),
  scope("secondHalf", {
    about: "M53: only one half of a split tablet has the task.",
    variant: { split: "second" },
    bounds: { resizes: [{ base: "t", how: "split" }] },
    pinned: [110, 133, 21],
    mustFail: { S8: 3, D1: 15 }
  }),
  scope("halving", {
    about: "M26: a merged tablet is found by halving its number.",
    variant: { merge: "byHalving" },
    bounds: merging,
    pinned: [13_356, 24_024, 41],
    mustFail: { S7: 3, S8: 3, D1: 22 }
  }),
  scope("oneHalfDone", {
    about: "M54: a merged tablet has nothing to do once one half was done.",
    variant: { mergedTask: "ofBothHalves" },
    bounds: { ...neighbours, nodes: ["A"], resizes: [{ base: "t", how: "merge" }] },
    pinned: [186, 243, 23],
    mustFail: { S8: 13, D1: 15 }
  }),
  scope("joinsWithout", {
    about: "M51: a node joins without statuses.",
    variant: { join: "copiesNothing" },
    bounds: {
      nodes: ["A", "B"],
      joining: ["B"],
      members: [{ join: "B" }],
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ]
    },
    pinned: [649, 1_011, 28],
    mustFail: { S10: 7 }
  }),
  scope("leavesBehind", {
    about: "M51: a node leaves its statuses behind.",
    variant: { leave: "keepsStatuses" },
    bounds: { nodes: ["A", "B"], members: [{ drain: "B" }, { leave: "B" }] },
    pinned: [105, 164, 16],
    mustFail: { S21: 8 }
  }),
  scope("blind", {
    about: "C1: commands are not compared with what was said last.",
    variant: { commits: "blind" },
    bounds: {
      schema: [
        { create: "v", of: "t" },
        { create: "w", of: "t" }
      ]
    },
    pinned: [151, 177, 25],
    mustFail: { S4: 5, S11: 15, S18: 13 }
  })
]

/** Changes to what a coordinator goes by. */
const coordinators = [
  scope("switches", {
    about: "M50: a base takes the place of another.",
    variant: { picks: "anyTime" },
    bounds: twoBases,
    pinned: [71, 84, 25],
    mustFail: { S11: 15 }
  }),
  scope("clearsEarly", {
    about: "M50: a base goes out of hand with staging to be done.",
    variant: { clears: "withoutBuildTasks" },
    bounds: { staging: [stagedAt("A.0")] },
    pinned: [2_524, 3_727, 147],
    mustFail: { S11: 16, L1: 14, L6: 14, L4: 14 }
  }),
  scope("ignoresAborted", {
    about: "M49: a view is built while its last task is aborted.",
    variant: { builtWithout: "aliveTasks" },
    bounds: moving,
    pinned: [627, 1_106, 25],
    mustFail: { S9: 10, D1: 10 }
  }),
  scope("ignoresStaging", {
    about: "M49: a view is built while its base has staging to be done.",
    variant: { builtWithout: "ownTasks" },
    bounds: { staging: [stagedAt("A.0")] },
    pinned: [162, 220, 26],
    mustFail: { S9: 16 }
  }),
  scope("countsReported", {
    about: "M49: a view is built once its tasks are reported, before they are deleted.",
    variant: { builtWithout: "unfinishedTasks" },
    bounds: {},
    pinned: [24, 26, 16],
    mustFail: { S9: 12 }
  }),
  scope("fillsNothing", {
    about: "M51: nothing is said of views that are being built, and what comes then is not staged.",
    variant: { fillsStatuses: "no" },
    bounds: { staging: [stagedAt("A.0")] },
    pinned: [42, 60, 15],
    mustFail: { D1: 15 }
  }),
  scope("selectsMoving", {
    about: "S12: work is asked for on a tablet that moves, where its data is to be dropped.",
    variant: { selects: "anyTablet" },
    bounds: { ...moving, stages: "all" },
    pinned: [827, 1_446, 26],
    mustFail: { S12: 8, D1: 21 }
  }),
  scope("processesPending", {
    about: "M31: an sstable in staging is processed where its tablet has yet to come to.",
    variant: { selects: "anyTablet" },
    bounds: { ...moving, staging: [stagedAt("A.0")], rows: [], schemaFirst: 1 },
    pinned: [42_013, 82_824, 46],
    mustFail: { S12: 8, S13: 14 }
  }),
  scope("asksTheDead", {
    about: "S12: a host is asked that is believed to be down.",
    variant: { asks: "everyHost" },
    bounds: { nodes: ["A", "B"], tables: [{ base: "t", tablets: [{ lastToken: 8, at: ["B.0"] }] }], downs: 1 },
    pinned: [362, 728, 33],
    mustFail: { S12: 9 }
  }),
  scope("twoCalls", {
    about: "S2: a replica has two calls at a time.",
    variant: { calls: "two" },
    bounds: {},
    pinned: [38, 54, 17],
    mustFail: { S2: 8 }
  }),
  scope("noRest", {
    about: "M22: a call that has failed is made again at once.",
    variant: { afterFailure: "nextCall" },
    bounds: { breaks: 1 },
    pinned: [50, 72, 17],
    mustFail: { S22: 9 }
  }),
  scope("noFlag", {
    about: "M04: the end of a call wakes only who sleeps already.",
    variant: { wakeUps: "signalled" },
    bounds: {},
    pinned: [36, 44, 17],
    mustFail: { L1: 6, L5: 13, L6: 6 }
  }),
  scope("collectsAborted", {
    about: "M48: what was aborted since it was reported is deleted as done.",
    variant: { collects: "anyTask" },
    bounds: moving,
    pinned: [403, 664, 23],
    mustFail: { S5: 14 }
  }),
  scope("forgetsOthers", {
    about: "M48: the least id is that of the base in hand, and others are forgotten.",
    variant: { leastOf: "theBaseInHand" },
    bounds: twoBases,
    pinned: [54, 68, 25],
    mustFail: { S8: 13, S18: 13 }
  }),
  scope("spins", {
    about: "M47: a collection that has failed is tried again at once.",
    variant: { collectsEvery: "atOnce" },
    bounds: { timeouts: 1 },
    pinned: [37, 46, 16],
    mustFail: { S24: 14 }
  })
]

/** Changes that break nothing: whoever makes them is told nothing. */
const equivalent = [
  scope("stagingFirst", {
    about: "M62: staging comes before the build of a tablet, which is an order and no more.",
    variant: { first: "processStaging" },
    bounds: { staging: [stagedAt("A.0")] },
    pinned: [155, 208, 26]
  }),
  scope("asksForAborted", {
    about: "Aborted tasks are asked for: none is ever on a tablet that is in no transition.",
    variant: { selectsAborted: "yes" },
    bounds: { ...moving, streamFailures: 1 },
    pinned: [582, 1_033, 23]
  }),
  scope("abortsEarly", {
    about: "Tasks are aborted as a transition begins (2025).",
    variant: { abortsAt: "allow_write_both_read_old" },
    bounds: { ...moving, streamFailures: 1 },
    pinned: [592, 1_049, 23]
  }),
  scope("noFence", {
    about:
      "A new coordinator makes no guard worthless: comparing with what was said last is enough for what it commits.",
    variant: { fence: "no" },
    bounds: { failovers: 1, restarts: 1 },
    pinned: [1_468, 3_289, 24]
  })
]

/** Must-fail scopes, and their neighbours that hold. */
export const failingScopes = [...shipped, ...changes, ...coordinators, ...equivalent]
