/** Scopes of a cluster that has lost its group 0, or never got to it, and of its operator. Source: dossier `raft-upgrade.md` 3. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { recipe } from "./recipe.ts"
import { majorityLost, minorityLost, oneLeft, onTheWay, stuck } from "./recovering.ts"
import { mistakeScopes } from "./recovery-mistakes.ts"
import { scope } from "./scope.ts"

/** The operator goes by the recipe. */
const recovered = ({ survivors, bounds }: typeof stuck, more: Partial<UpgradeBounds> = {}): Partial<UpgradeBounds> => ({
  ...bounds,
  orders: recipe(survivors),
  ...more
})

/** One node falls, at any time. */
const falling: Partial<UpgradeBounds> = { falls: 1, old: ["B"] }

/** The recipe, and what it is for. */
const holding = [
  scope("recovery.stuck", {
    about: "V4: one of three was lost before it was in synchronize, and the others come out by the recipe.",
    bounds: recovered(stuck, { old: ["B"] }),
    pinned: [2_339, 5_634, 62]
  }),
  scope("recovery.bothChange", {
    about: "M61: each of two makes a change in recovery, and neither may hear of the other's: no law is broken.",
    bounds: recovered(stuck, { old: ["B", "C"], losses: 1 }),
    pinned: [33_055, 100_977, 70]
  }),
  scope("recovery.majorityLost", {
    about: "V4: two of four are lost, and the others come to a group of their own, which makes a change.",
    bounds: recovered(majorityLost, { old: ["D"], group0: ["C"] }),
    pinned: [6_757, 19_561, 75]
  }),
  scope("recovery.oneLeft", {
    about: "V4: two of three are lost, and the one that is left begins a group alone.",
    bounds: recovered(oneLeft, { old: ["C"], group0: ["C"] }),
    pinned: [271, 392, 37]
  }),
  scope("recovery.falls", {
    about: "V4: a node falls at any time, and the operator makes sure that the lost one is off the ring.",
    bounds: { ...recovered(stuck, falling), orders: recipe(stuck.survivors, true) },
    pinned: [16_713, 46_636, 69]
  })
]

/** What breaks the laws, though the recipe is followed in its order. */
const failing = [
  scope("recovery.removalFell", {
    about: "Whoever takes the lost one off the ring falls meanwhile, and the operator takes that for done.",
    bounds: recovered(stuck, falling),
    pinned: [16_989, 47_094, 68],
    mustFail: { V4: 29 }
  }),
  scope("recovery.deadReturn", {
    about: "M51: the dead majority is not dead, and goes on in the old group.",
    bounds: recovered(oneLeft, { group0: ["A"], without: ["RU-A3"] }),
    pinned: [1_837, 4_123, 41],
    mustFail: { S12: 38, S23: 25, V5: 34 }
  }),
  scope("recovery.notStuck", {
    about: "The recipe is begun while nodes are on their way, with nothing wrong.",
    bounds: recovered(onTheWay),
    pinned: [552, 1_198, 52],
    mustFail: { S8: 15 }
  }),
  scope("recovery.editOverwritten", {
    about: "M47: a node on its way writes over what its operator wrote.",
    variant: { editedState: "overwritten" },
    bounds: recovered(onTheWay),
    pinned: [1_485, 3_434, 52],
    mustFail: { S15: 3, S8: 15 }
  }),
  scope("recovery.namedByGroup0", {
    about: "M54: a change in recovery leaves the name that group 0 gave the schema.",
    variant: { versions: "asNamedByGroup0" },
    bounds: recovered(majorityLost, { old: ["D"], losses: 1 }),
    pinned: [2_876, 7_092, 64],
    mustFail: { S10: 56, S11: 57, S17: 57, S18: 59 }
  }),
  scope("recovery.pullsAgain", {
    about: "M40: whoever comes to a second group goes on to pull.",
    variant: { pullsAgain: "goOn" },
    bounds: recovered(majorityLost, { group0: ["D"] }),
    pinned: [874, 2_027, 66],
    mustFail: { S24: 58 }
  }),
  scope("recovery.welcomedBack", {
    about: "M9: one that was given up begins again in the old group, and is a peer of those that have another.",
    variant: { returning: "isWelcome" },
    bounds: recovered(minorityLost, { without: ["RU-A3"] }),
    pinned: [2_159, 5_126, 58],
    mustFail: { S13: 40, S23: 34, S8: 39, V4: 41, V8: 54 }
  }),
  scope("recovery.earlyByPeers", {
    about: "M60: the same, and whoever waits goes by any peer that is through, of whichever group.",
    variant: { earlyBy: "peers", returning: "isWelcome" },
    bounds: recovered(minorityLost, { without: ["RU-A3"] }),
    pinned: [2_243, 5_489, 58],
    mustFail: { S13: 40, S17: 42, S23: 34, S8: 39, V4: 41, V8: 54 }
  })
]

export const recoveryScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing, ...mistakeScopes]
