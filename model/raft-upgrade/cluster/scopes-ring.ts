/** Scopes of nodes that leave, and of nodes that are taken off the ring and out of the group. Source: dossier `raft-upgrade.md` 2.10. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import type { Order } from "./orders.ts"
import { scope } from "./scope.ts"
import { lackingScopes } from "./scopes-lacking.ts"

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

/** Scopes in which every law holds. */
const holding = [
  scope("ring.removal", {
    about: "A dead node is taken out; whoever does that may fall, and what it asks of the group may come late.",
    bounds: { ...arrived, orders: removal, frail: ["B"], falls: 1, timeouts: 1 },
    pinned: [485, 1_270, 15]
  }),
  scope("ring.leave", {
    about: "A node leaves, while another makes a change by group 0.",
    bounds: { ...arrived, orders: leave, group0: ["B"] },
    pinned: [1_275, 4_822, 19]
  }),
  scope("ring.firstLeaves", {
    about: "M31: all are in synchronize, and the first that arrives leaves before anybody has heard of it.",
    bounds: { ...waiting, orders: leave },
    pinned: [11_632, 53_509, 29]
  }),
  scope("ring.firstDies", {
    about: "M31: the same, and it dies while it leaves.",
    bounds: { ...waiting, orders: leave, frail: ["A"], deaths: 1 },
    pinned: [20_949, 94_057, 29]
  }),
  scope("ring.removalOnTheWay", {
    about:
      "M33: a node dies on the way to synchronize, and whoever shall take it out waits until it has arrived: for ever.",
    bounds: { ...gathered, orders: removal },
    pinned: [3_092, 10_533, 34]
  }),
  scope("ring.removalAtStart", {
    about: "A node dies at any time from the beginning, and is taken out once that can be done.",
    bounds: { ...three, orders: removal },
    pinned: [23_268, 82_774, 67]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  scope("ring.leaverAwaited", {
    about: "M31: whoever has left the ring is waited for while it is in the group.",
    variant: { leavers: "areAwaited" },
    bounds: { ...waiting, orders: leave, frail: ["A"], deaths: 1 },
    pinned: [20_949, 90_313, 31],
    mustFail: { V7: 19 }
  }),
  scope("ring.onceFeatureSeen", {
    about:
      "M32: a node is off the ring while others look for it, since the one that took it off had not seen the feature.",
    variant: { removal: "onceFeatureSeen" },
    bounds: { ...three, orders: removal },
    pinned: [23_222, 82_583, 67],
    mustFail: { V7: 14, V9: 14 }
  }),
  scope("ring.onceInGroup", {
    about: "M32: the same, since the one that took it off was in no group yet.",
    variant: { removal: "onceInGroup" },
    bounds: { ...three, orders: removal },
    pinned: [52_046, 169_942, 67],
    mustFail: { V2: 39, V7: 14, V9: 14 }
  }),
  scope("ring.afterRing", {
    about: "As it was in 2022: a node is off the ring at once, and waited for in the group.",
    variant: { removal: "afterRing", leftBehind: "left" },
    bounds: { ...three, orders: removal },
    pinned: [38_622, 122_116, 64],
    mustFail: { V2: 39, V7: 13, V9: 13 }
  }),
  scope("ring.removalTooEarly", {
    about: "M34: a dead node is taken out before anybody has arrived.",
    variant: { removal: "never" },
    bounds: { ...gathered, orders: removal },
    pinned: [13_632, 47_382, 37],
    mustFail: { S14: 5, S8: 19 }
  }),
  scope("ring.notRetried", {
    about: "M35: what nobody answered is taken for done.",
    variant: { unanswered: "takenForDone", leftBehind: "left" },
    bounds: { ...arrived, orders: removal, timeouts: 1 },
    pinned: [83, 165, 13],
    mustFail: { V8: 10 }
  }),
  scope("ring.notFound", {
    about: "M36: a node that is off the ring is not found in the group, and stays there.",
    variant: { offRing: "isTakenForOut", leftBehind: "left" },
    bounds: { ...arrived, orders: removal },
    pinned: [21, 34, 10],
    mustFail: { V8: 10 }
  }),
  scope("ring.ghost", {
    about: "M37: whoever takes a node out falls between the ring and the group, and nobody goes on with that.",
    variant: { leftBehind: "left" },
    bounds: { ...arrived, orders: removal, falls: 1 },
    pinned: [212, 408, 14],
    mustFail: { V8: 11 }
  }),
  scope("ring.strangerLetIn", {
    about: "M57: a vote is taken too late from one that is out, and that lets it in again.",
    variant: { strangersVote: "letsIn" },
    bounds: { ...arrived, orders: removal, timeouts: 1 },
    pinned: [269, 729, 19],
    mustFail: { S20: 9 }
  })
]

export const ringScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [...holding, ...failing, ...lackingScopes]
