/** Scopes of nodes that are new: to a cluster that uses group 0, to one on its way, and to one that is being born. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { scope } from "./scope.ts"

/** B is new, and A has made a change by the old path and one by group 0. */
const late: Partial<UpgradeBounds> = { newcomers: ["B"], old: ["A"], group0: ["A"] }

/** The one that is new has the smallest server, and may come while the other is on its way. */
const small: Partial<UpgradeBounds> = { newcomers: ["A"], old: ["B"], without: ["RU-A6"] }

/** C comes when A and B are in synchronize, and A has a change that B lacks. */
const meanwhile: Partial<UpgradeBounds> = {
  nodes: ["A", "B", "C"],
  newcomers: ["C"],
  before: { states: [synchronize, synchronize], down: [], changed: false, made: ["A"] },
  without: ["RU-A6"]
}

/** Scopes in which every law holds. */
const holding = [
  scope("newcomer", {
    about: "A new node comes to one that uses group 0, and has all that it began with.",
    bounds: late,
    pinned: [564, 1_220, 35]
  }),
  scope("newcomerThird", {
    about: "A third node comes as soon as one of two uses group 0.",
    bounds: { nodes: ["A", "B", "C"], newcomers: ["C"] },
    pinned: [2_867, 9_734, 50]
  }),
  scope("born", {
    about: "A cluster is born: its first node is alone, and the second comes to it.",
    bounds: { newcomers: ["A", "B"] },
    pinned: [362, 748, 30]
  }),
  scope("newcomerSmall", {
    about:
      "Without A6: a new node with the smallest server comes while the other is on its way, and tells nobody of itself.",
    bounds: small,
    pinned: [1_233, 2_874, 34]
  }),
  scope("newcomerMeanwhile", {
    about:
      "Without A6: a new node comes when all others are in synchronize, and takes over what one has that is through.",
    bounds: meanwhile,
    pinned: [19_142, 78_497, 37]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  scope("noBarrier", {
    about: "M27: a new node does not hear first what its group knows, and takes itself for the only one.",
    variant: { barrier: "skipped" },
    bounds: late,
    pinned: [876, 2_117, 35],
    mustFail: { S18: 26 }
  }),
  scope("noBarrierMeanwhile", {
    about: "M27, without A6: it is the first to use group 0 then.",
    variant: { barrier: "skipped" },
    bounds: { newcomers: ["B"], old: ["A"], without: ["RU-A6"] },
    pinned: [2_421, 6_095, 32],
    mustFail: { S8: 16, S9: 17, S10: 18, S11: 19, S18: 26 }
  }),
  scope("outsiderCreates", {
    about: "M28, without A6: a new node takes part in discovery and creates the group.",
    variant: { outsider: "takesPart" },
    bounds: small,
    pinned: [5_347, 14_718, 37],
    mustFail: { S8: 17, S9: 15, S10: 20, S18: 25 }
  }),
  scope("outsiderCreatesEarly", {
    about:
      "M28, without A6: nor do the others come to an end where they bring schemas together before synchronize too.",
    variant: { outsider: "takesPart" },
    bounds: { ...small, firstSync: true },
    pinned: [7_513, 21_805, 41],
    mustFail: { S8: 19, S9: 15, S10: 22, S18: 27, V1: 18 }
  }),
  scope("outsiderDies", {
    about: "M62, without A6: a new node takes part in discovery and dies, and nobody can create the group any more.",
    variant: { outsider: "takesPart" },
    bounds: { newcomers: ["B"], deaths: 1, frail: ["B"], without: ["RU-A6"] },
    pinned: [1_185, 2_493, 32],
    mustFail: { V7: 6, V9: 6 }
  }),
  scope("goesBack", {
    about: "M29: a new node that has arrived falls before it is on the ring, and goes back to synchronize.",
    variant: { repeatedBootstrap: "goesBack" },
    bounds: { ...late, old: [], group0: [], falls: 1, frail: ["B"] },
    pinned: [116, 168, 31],
    mustFail: { S5: 26 }
  }),
  scope("noSnapshot", {
    about: "M38: a group begins without a snapshot, and who comes to it follows its commands from nothing.",
    variant: { snapshot: "none" },
    bounds: late,
    pinned: [1_056, 2_840, 37],
    mustFail: { S12: 22 }
  }),
  scope("noSnapshotAsShipped", {
    about: "M38: nor does a new node take over what one has that is through.",
    variant: { snapshot: "none", latecomers: "asTheyAre" },
    bounds: late,
    pinned: [972, 2_600, 37],
    mustFail: { S12: 22, S17: 25, S18: 27 }
  }),
  scope("latecomers", {
    about: "Shipped, without A6: a new node that comes while the others are on their way lacks what they agree on.",
    variant: { latecomers: "asTheyAre" },
    bounds: meanwhile,
    pinned: [19_302, 79_093, 37],
    mustFail: { S17: 22, S18: 24 }
  }),
  scope("newcomerTakesChanges", {
    about: "M42: a new node has a server of the group, is in no other state yet, and takes a change on the old path.",
    variant: { newcomersTake: "changes" },
    bounds: { newcomers: ["B"], old: ["B"] },
    pinned: [118, 206, 32],
    mustFail: { S9: 16 }
  }),
  scope("newcomerDies", {
    about: "Without A6 the others wait for a new node that died after it was let in.",
    bounds: { newcomers: ["B"], deaths: 1, frail: ["B"], without: ["RU-A6"] },
    pinned: [602, 1_264, 31],
    mustFail: { V7: 13 }
  })
]

export const bootstrapScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing]
