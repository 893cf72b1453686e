/** Scopes of designs that fail, by the rows of the dossier's section 5, and of those that do no harm. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { scope } from "./scope.ts"

const change: Partial<UpgradeBounds> = { old: ["A"] }

const three: Partial<UpgradeBounds> = { nodes: ["A", "B", "C"] }

/** Three nodes are in synchronize, one has a change that the others lack, and C may die. */
const oneDies: Partial<UpgradeBounds> = {
  ...three,
  before: { states: [synchronize, synchronize, synchronize], down: [], changed: false, made: ["A"] },
  deaths: 1,
  frail: ["C"]
}

/** A pushes its change when it likes, and may fall. */
const eager: Partial<UpgradeBounds> = { ...change, pushes: "anyTime", falls: 1, frail: ["A"] }

/** Scopes in which every law holds. */
const holding = [
  scope("alone", { about: "A node that is alone crosses over.", bounds: { nodes: ["A"] }, pinned: [13, 13, 12] }),
  scope("threeDeath", {
    about: "One of three dies in synchronize: the others are through if anybody is.",
    bounds: oneDies,
    pinned: [5_603, 22_954, 31]
  }),
  scope("eagerPush", {
    about: "A change is pushed before it is merged where it was made, and its node falls.",
    bounds: eager,
    pinned: [8_220, 22_718, 43]
  }),
  scope("fatalPull", {
    about: "A schema cannot be merged: the fiber fails, and its node is started again.",
    bounds: { ...change, fatalPulls: 1 },
    pinned: [2_488, 6_581, 48]
  }),
  scope("gossip", {
    about: "Nodes pull from each other until they use group 0.",
    bounds: { ...change, group0: ["A"], gossip: true },
    pinned: [2_593, 8_111, 41]
  }),
  scope("retries", {
    about: "A node asks its peers again while one of them is away, and waits twice as long each time.",
    bounds: { falls: 1, rounds: 2, frail: ["B"] },
    pinned: [1_005, 2_276, 38]
  }),
  scope("waitsInSynchronize", {
    about: "M43 the other way: a change that comes in synchronize waits. No law tells it from one that is refused.",
    variant: { inSynchronize: "waits" },
    bounds: change,
    pinned: [1_274, 3_265, 38]
  }),
  scope("unknownText", {
    about: "A state that nobody knows is recovery, until an operator takes it away.",
    bounds: {
      unknown: ["B"],
      orders: [
        { does: "edits", on: "B", edit: { _tag: "DeleteState" } },
        { does: "restarts", on: "B" }
      ]
    },
    pinned: [268, 547, 35]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  scope("peerlessWaits", {
    about: "M12: a node that has nobody to ask waits for somebody.",
    variant: { peerless: "waits" },
    bounds: { nodes: ["A"] },
    pinned: [3, 3, 2],
    mustFail: { V1: 2 }
  }),
  scope("longestAtOnce", {
    about: "M13: a step waits the longest time at once.",
    variant: { backoff: "longestAtOnce" },
    bounds: { falls: 1, rounds: 2, frail: ["B"] },
    pinned: [1_005, 2_276, 38],
    mustFail: { S21: 5 }
  }),
  scope("asksNobodyInU7", {
    about: "M14: a node in synchronize asks nobody while there is a member whom it cannot reach.",
    variant: { reaches: "allOrNoneInU7" },
    bounds: oneDies,
    pinned: [5_603, 22_788, 31],
    mustFail: { V3: 21 }
  }),
  scope("asksNobodyInU8", {
    about: "M15: a node that compares versions asks nobody while there is a member whom it cannot reach.",
    variant: { reaches: "allOrNoneInU8" },
    bounds: oneDies,
    pinned: [5_603, 22_473, 31],
    mustFail: { V3: 24 }
  }),
  scope("entersForGood", {
    about: "Shipped: who was seen in synchronize is not asked again, and nobody hears that he is through.",
    variant: { entered: "trusted" },
    bounds: oneDies,
    pinned: [5_603, 22_951, 31],
    mustFail: { V3: 22 }
  }),
  scope("keepsLock", {
    about: "M19: a change that is over keeps its lock.",
    variant: { guard: "forEver" },
    bounds: change,
    pinned: [851, 2_186, 33],
    mustFail: { V1: 23 }
  }),
  scope("nestedLock", {
    about: "M20: a change asks once more for the lock that it has, behind whoever waits to change the state.",
    variant: { nested: "asksAgain" },
    bounds: change,
    pinned: [1_433, 3_718, 38],
    mustFail: { V1: 21, V6: 21 }
  }),
  scope("waitsForMajority", {
    about: "M21: a majority in synchronize is enough.",
    variant: { waitsFor: "majority" },
    bounds: { ...three, before: { states: [pre, pre, pre], down: [], changed: false }, old: ["C"] },
    pinned: [3_497, 14_762, 26],
    mustFail: { S8: 12 }
  }),
  scope("byGossip", {
    about: "M24: versions are those that gossip tells.",
    variant: { secondSync: "byGossip" },
    bounds: change,
    pinned: [3_278, 10_148, 40],
    mustFail: { S10: 30, S11: 30 }
  }),
  scope("despiteFailures", {
    about: "M26: schemas are compared with those that have answered.",
    variant: { secondSync: "despiteFailures" },
    bounds: change,
    pinned: [1_700, 4_662, 37],
    mustFail: { S10: 29, S11: 29, S17: 30, S18: 32 }
  }),
  scope("marksAsDone", {
    about: "M39: a schema is taken for one that was pulled, and is not.",
    variant: { secondSync: "marksAsDone" },
    bounds: change,
    pinned: [1_424, 3_586, 36],
    mustFail: { S10: 30, S11: 30, S17: 31, S18: 33 }
  }),
  scope("pullsGoOn", {
    about: "M39: a node that uses group 0 pulls what has not come to it by group 0.",
    variant: { pulls: "goOn" },
    bounds: { ...change, group0: ["A"], gossip: true },
    pinned: [2_701, 8_546, 41],
    mustFail: { S24: 31 }
  }),
  scope("servesBeforeServer", {
    about: "M41: a node takes changes before its server of the group runs.",
    variant: { serves: "beforeServer" },
    bounds: { group0: ["A"], falls: 1, frail: ["A"] },
    pinned: [2_198, 5_807, 45],
    mustFail: { S19: 29 }
  }),
  scope("sharedAbort", {
    about: "M45: the end of a node calls off what a call waits for, and so does its timeout.",
    variant: { aborts: "shared" },
    bounds: { stops: 1 },
    pinned: [1_531, 3_594, 38],
    mustFail: { S19: 12 }
  }),
  scope("unknownTextIsPre", {
    about: "M46: a state that nobody knows is the beginning.",
    variant: { unknownText: "pre" },
    bounds: { unknown: ["B"] },
    pinned: [82, 139, 25],
    mustFail: { S15: 1, V1: 25 }
  }),
  scope("tokensOnly", {
    about: "M52: a member of the ring without tokens is nobody's peer.",
    variant: { peers: "withTokens" },
    bounds: { old: ["B"], tokenless: ["B"] },
    pinned: [4_855, 14_248, 37],
    mustFail: { S9: 19, S13: 9 }
  }),
  scope("ghostRow", {
    about: "M53: a row that names nobody is waited for.",
    variant: { ghosts: "counted" },
    bounds: { hasGhost: true },
    pinned: [12, 17, 6],
    mustFail: { V1: 6 }
  }),
  scope("pushOutlives", {
    about: "M55, without A7: a push comes after the node fell that sent it, and had not merged it.",
    bounds: { ...eager, without: ["RU-A7"] },
    pinned: [10_108, 28_155, 44],
    mustFail: { S10: 32, S17: 33, S18: 35 }
  }),
  scope("cachedKeys", {
    about: "M56: what was stored last is not there after a fall.",
    variant: { keys: "cached" },
    bounds: { falls: 1 },
    pinned: [2_689, 6_437, 40],
    mustFail: { S1: 16, S8: 29, S22: 12, V7: 19, V9: 19 }
  }),
  scope("waitsForAnswer", {
    about: "M58: who was not answered whether it is in the group waits for that for ever.",
    variant: { joinTimeout: "waitsForEver" },
    bounds: { timeouts: 1 },
    pinned: [256, 518, 32],
    mustFail: { V1: 18, V9: 18 }
  }),
  scope("fatalPullIgnored", {
    about: "M59: a schema that cannot be merged is taken for one that was.",
    variant: { fatalPull: "ignored" },
    bounds: { ...change, fatalPulls: 1 },
    pinned: [1_847, 4_840, 40],
    mustFail: { S10: 31, S11: 31, S17: 32, S18: 34 }
  })
]

export const wrongScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing]
