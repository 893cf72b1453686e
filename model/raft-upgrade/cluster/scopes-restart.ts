/** Scopes of nodes that fall, stop or fail anywhere on their way, and of the designs of 2022 and 2026 where that matters. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { scope } from "./scope.ts"
import { asShipped, baseline2022 } from "./variant.ts"

/** Every step of joining is one of its own, and a node falls at any of them. */
const byRow: Partial<UpgradeBounds> = { steps: "each", falls: 1, fallsBy: "row" }

const cutForGood: Partial<UpgradeBounds> = {
  nodes: ["A", "B", "C"],
  before: { states: [synchronize, synchronize, synchronize], down: [], changed: false },
  cut: ["A", "C"],
  without: ["RU-A8"]
}

/** Scopes in which every law holds. */
const holding = [
  scope("fallsOnTheWay", {
    about: "One of two nodes falls, at each row of the restart matrix.",
    bounds: { ...byRow, firstSync: true, gossip: true, old: ["A"] },
    pinned: [28_693, 97_586, 58]
  }),
  scope("fallsTwice", {
    about:
      "Nodes fall twice, which may be the same one at the same step, and what lets one into the group may be lost.",
    bounds: { ...byRow, falls: 2, timeouts: 1 },
    pinned: [13_825, 36_107, 54]
  }),
  scope("newcomerFalls", {
    about: "A new node falls, at each row of the restart matrix that is about new ones.",
    bounds: { ...byRow, newcomers: ["B"], old: ["A"], group0: ["A"], falls: 2, frail: ["B"] },
    pinned: [4_116, 10_784, 44]
  }),
  scope("stops", {
    about: "A node is told to stop in the middle of any step, and is started again.",
    bounds: { old: ["A"], stops: 1 },
    pinned: [9_591, 27_326, 44]
  }),
  scope("fiberFails", {
    about: "A fiber fails at any step, and its node is started again.",
    bounds: { old: ["A"], failures: 1 },
    pinned: [9_670, 27_882, 45]
  }),
  scope("cutOff", {
    about: "Two nodes cannot reach each other for a time, wherever they are on their way.",
    bounds: { old: ["A"], gossip: true, cut: ["A", "B"] },
    pinned: [5_007, 16_961, 38]
  }),
  scope("cutOffForGood", {
    about:
      "Without A8: two of three that are in synchronize never reach each other again, and come through by the third.",
    bounds: cutForGood,
    pinned: [3_996, 15_494, 24]
  }),
  scope("lateJoin", {
    about: "A request to be let into the group is effective after its timeout, or twice, or comes after a fall.",
    bounds: { steps: "each", late: 1, falls: 1 },
    pinned: [5_207, 14_043, 46]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  scope("cutOffTrusting", {
    about:
      "Shipped, without A8: who was seen in synchronize is not asked again, and whoever is cut off from one waits for ever.",
    variant: { entered: "trusted" },
    bounds: cutForGood,
    pinned: [3_996, 15_472, 24],
    mustFail: { V1: 12, V3: 12 }
  }),
  scope("nobodyPulls", {
    about:
      "A node that is ahead of one in synchronize waits before synchronize (U4), and without gossip nobody pulls from it.",
    bounds: { firstSync: true, old: ["A"], losses: 1 },
    pinned: [4_486, 14_063, 47],
    mustFail: { V1: 28 }
  }),
  scope("toldBeforeStored", {
    about: "Shipped, M4: others are told of a group as its server begins, and its creator falls and makes another.",
    variant: { reveals: "onceStarted" },
    bounds: { steps: "each", falls: 1 },
    pinned: [2_930, 7_125, 46],
    mustFail: { S1: 23, S2: 12, V7: 25, V9: 25 }
  }),
  scope("rowsOverwritten", {
    about: "Shipped, M5: a joiner writes over what its group has told it, and is not told again.",
    variant: { foundRows: "overwritten" },
    bounds: { steps: "each", falls: 1 },
    pinned: [1_717, 4_007, 45],
    mustFail: { V7: 32 }
  }),
  scope("withoutVote", {
    about:
      "Shipped, M30: a node that fell before it knew who is in its group is taken for a new one, and never goes on.",
    variant: { withoutVote: "becomesVoter" },
    bounds: { falls: 1 },
    pinned: [1_559, 3_614, 38],
    mustFail: { V3: 30, V7: 22 }
  }),
  scope("baselineTwo", {
    about: "What was merged in 2022, with two nodes, changes and a fall.",
    variant: baseline2022,
    bounds: { old: ["A"], group0: ["A"], gossip: true, falls: 1, frail: ["B"] },
    pinned: [8_542, 27_865, 43],
    mustFail: { S24: 31, V3: 30, V6: 23, V7: 22 }
  }),
  scope("baselineTwoQuiet", {
    about: "What was merged in 2022, with two nodes of which none falls: every law holds.",
    variant: baseline2022,
    bounds: { old: ["A", "B"] },
    pinned: [10_406, 33_210, 45]
  }),
  scope("baselineThree", {
    about: "What was merged in 2022, with three nodes of which none falls: every law holds.",
    variant: baseline2022,
    bounds: { nodes: ["A", "B", "C"] },
    pinned: [10_866, 39_517, 61]
  }),
  scope("asShippedTwo", {
    about: "What was shipped last, with two nodes, a change and a fall.",
    variant: asShipped,
    bounds: { steps: "each", old: ["A"], falls: 1 },
    pinned: [18_874, 54_927, 51],
    mustFail: { S1: 23, S2: 12, V3: 36, V7: 25, V9: 25 }
  })
]

export const restartScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing]
