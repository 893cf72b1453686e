/** The scopes of a cluster on its way to group 0. Counts are pinned: whoever changes a rule sees what it changes here. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { Plan } from "../planned.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { scope } from "./scope.ts"
import { bootstrapScopes } from "./scopes-bootstrap.ts"
import { restartScopes } from "./scopes-restart.ts"
import { wrongScopes } from "./scopes-wrong.ts"
import type { UpgradeVariant } from "./variant.ts"

/** Both nodes make a change on the old path, or are turned away. */
const changes: Partial<UpgradeBounds> = { old: ["A", "B"] }

/** Scopes in which every law holds. */
const holding = [
  scope("two", { about: "Two nodes cross over, and nobody asks for anything.", bounds: {}, pinned: [241, 495, 32] }),
  scope("twoChanges", {
    about: "Each of two nodes makes a change on the old path, whenever it likes.",
    bounds: changes,
    pinned: [10_406, 33_210, 45]
  }),
  scope("twoFirstSync", {
    about: "The same, with the synchronisation of schemas that is only there to save time.",
    bounds: { ...changes, firstSync: true },
    pinned: [30_476, 117_151, 52]
  }),
  scope("twoCommands", {
    about: "One change on the old path, and each node makes one by group 0 as soon as it uses it.",
    bounds: { old: ["A"], group0: ["A", "B"] },
    pinned: [3_647, 10_600, 47]
  }),
  scope("twoLosses", {
    about: "What is pushed may be lost, and so may what lets a node into the group.",
    bounds: { ...changes, losses: 1, timeouts: 1 },
    pinned: [32_060, 113_334, 48]
  }),
  scope("twoFalls", {
    about: "A node falls at any moment, and comes back.",
    bounds: { old: ["A"], falls: 1 },
    pinned: [10_281, 28_616, 44]
  }),
  scope("twoDeath", {
    about: "A node dies at any moment: who has not crossed over by then never does.",
    bounds: { old: ["A"], deaths: 1 },
    pinned: [2_542, 7_438, 39]
  }),
  scope("three", { about: "Three nodes cross over.", bounds: { nodes: ["A", "B", "C"] }, pinned: [10_866, 39_517, 61] })
]

/** One change to the design on the way of two nodes. */
const wrong = (
  name: string,
  variant: Partial<UpgradeVariant>,
  about: string,
  mustFail: Readonly<Record<string, number>>,
  pinned: Plan<UpgradeVariant, UpgradeBounds>["pinned"]
): Scope<RaftUpgradeLabel> => scope(name, { about, variant, bounds: changes, pinned, mustFail })

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  wrong(
    "unlockedGetter",
    { getter: "unlocked" },
    "M16: a change goes by what is left in memory.",
    { S6: 16, S7: 17, S9: 28, S10: 29, S11: 30, S17: 31, S18: 33 },
    [23_858, 87_770, 45]
  ),
  wrong(
    "earlyRelease",
    { guard: "untilApplied" },
    "M17: a change lets go of the lock before it is over.",
    { S7: 17, S9: 30 },
    [18_161, 67_411, 45]
  ),
  wrong(
    "noWriteLock",
    { writeLock: "notTaken" },
    "M18: a node changes its state under a change on the old path.",
    { S7: 16, S9: 28, S10: 29, S11: 30, S17: 30, S18: 32 },
    [32_813, 126_407, 45]
  ),
  wrong(
    "waitsForNobody",
    { waitsFor: "nobody" },
    "M21: nobody waits for the others to be in synchronize.",
    { S8: 21, S9: 22, S10: 23, S11: 24 },
    [17_612, 59_289, 43]
  ),
  wrong(
    "anyStateIsReady",
    { ready: "anything" },
    "M22: any answer is taken for one from synchronize.",
    { S8: 22, S9: 23, S10: 24, S11: 25 },
    [18_602, 61_111, 45]
  ),
  wrong(
    "noSecondSync",
    { secondSync: "skipped" },
    "M23: schemas are not brought together in synchronize.",
    { S10: 28, S11: 28, S17: 29, S18: 31 },
    [7_259, 22_033, 37]
  ),
  wrong(
    "keepsVersions",
    { secondSync: "keepsVersions" },
    "M25: versions are asked for once.",
    { V1: 36 },
    [10_238, 32_278, 44]
  ),
  wrong(
    "allJoinedUnchecked",
    { allJoined: "skipped" },
    "A node goes on without its peers.",
    { S8: 20, S9: 20, S10: 22, S11: 23, S13: 13, S17: 28, S18: 30 },
    [61_243, 213_423, 45]
  )
]

export const upgradeScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [
  ...holding,
  ...failing,
  ...bootstrapScopes,
  ...restartScopes,
  ...wrongScopes
]
