/** Scopes of nodes that leave, and of nodes that are taken off the ring and out of the group. Source: dossier `raft-upgrade.md` 2.10. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import type { Order } from "./orders.ts"
import { scope } from "./scope.ts"

const three = { nodes: ["A", "B", "C"], storesPeers: true } as const

/** C dies, and B takes it out. */
const removal: ReadonlyArray<Order> = [
  { does: "loses", on: "C" },
  { does: "removes", on: "C", by: "B" },
  { does: "waits for", on: "B" }
]

/** A leaves, and is stopped. */
const leave: ReadonlyArray<Order> = [
  { does: "decommissions", on: "A" },
  { does: "waits for", on: "A" },
  { does: "stops", on: "A" }
]

/** All use group 0. */
const arrived: Partial<UpgradeBounds> = { ...three, before: { states: [post, post, post], down: [], changed: false } }
/** All are in synchronize, and have asked nobody. */
const waiting: Partial<UpgradeBounds> = {
  ...three,
  before: { states: [synchronize, synchronize, synchronize], down: [], changed: false }
}
/** All are in the group, and about to go to synchronize. */
const gathered: Partial<UpgradeBounds> = { ...three, before: { states: [pre, pre, pre], down: [], changed: false } }

const P = [0, 0, 0] as const
const holding = [
  scope("ring.removal", {
    about: "",
    bounds: { ...arrived, orders: removal, group0: ["A"], falls: 1, timeouts: 1 },
    pinned: P
  }),
  scope("ring.leave", { about: "", bounds: { ...arrived, orders: leave, group0: ["B"], timeouts: 1 }, pinned: P }),
  scope("ring.firstLeaves", { about: "", bounds: { ...waiting, orders: leave }, pinned: P }),
  scope("ring.firstLeavesDeath", { about: "", bounds: { ...waiting, orders: leave, deaths: 1 }, pinned: P }),
  scope("ring.leaveGathered", { about: "", bounds: { ...gathered, orders: leave }, pinned: P }),
  scope("ring.removalGathered", { about: "", bounds: { ...gathered, orders: removal }, pinned: P }),
  scope("ring.removalAtStart", { about: "", bounds: { ...three, orders: removal }, pinned: P })
]
const failing = [
  scope("ring.onceInGroup", {
    about: "",
    variant: { removal: "onceInGroup" },
    bounds: { ...three, orders: removal },
    pinned: P
  }),
  scope("ring.onceFeatureSeen", {
    about: "",
    variant: { removal: "onceFeatureSeen" },
    bounds: { ...three, orders: removal },
    pinned: P
  }),
  scope("ring.afterRing", {
    about: "",
    variant: { removal: "afterRing" },
    bounds: { ...three, orders: removal },
    pinned: P
  }),
  scope("ring.never", {
    about: "",
    variant: { removal: "never" },
    bounds: { ...gathered, orders: removal },
    pinned: P
  }),
  scope("ring.neverLeave", {
    about: "",
    variant: { removal: "never" },
    bounds: { ...gathered, orders: leave },
    pinned: P
  }),
  scope("ring.m35", {
    about: "",
    variant: { unanswered: "takenForDone", leftBehind: "left" },
    bounds: { ...arrived, orders: removal, timeouts: 1 },
    pinned: P
  }),
  scope("ring.m35ghosts", {
    about: "",
    variant: { unanswered: "takenForDone" },
    bounds: { ...arrived, orders: removal, timeouts: 1 },
    pinned: P
  }),
  scope("ring.m36", {
    about: "",
    variant: { offRing: "isTakenForOut", leftBehind: "left" },
    bounds: { ...arrived, orders: removal },
    pinned: P
  }),
  scope("ring.m37", {
    about: "",
    variant: { leftBehind: "left" },
    bounds: { ...arrived, orders: removal, falls: 1 },
    pinned: P
  }),
  scope("ring.m57", {
    about: "",
    variant: { strangersVote: "letsIn" },
    bounds: { ...arrived, orders: removal, timeouts: 1 },
    pinned: P
  })
]

export const ringScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing]
