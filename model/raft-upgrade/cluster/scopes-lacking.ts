/** Scopes of a node that cannot answer, though all take the feature for one that everybody has (row 11). */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { scope } from "./scope.ts"

/** C does not know how to answer, dies, and is taken off the ring by those who are not in a group. */
const lacking: Partial<UpgradeBounds> = {
  nodes: ["A", "B", "C"],
  lacking: ["C"],
  storesPeers: true,
  orders: [
    { does: "loses", on: "C" },
    { does: "removes", on: "C", by: "B" },
    { does: "waits for", on: "B" }
  ]
}

export const lackingScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [
  scope("ring.lackingVerb", {
    about:
      "A node cannot answer though all take it for one that can: nobody looks for the group until it is taken off the ring.",
    variant: { removal: "onceInGroup" },
    bounds: lacking,
    pinned: [516, 1_295, 37]
  }),
  scope("ring.noDryRun", {
    about:
      "M11: nobody asks all others first, and those that look for the group wait for one that was taken off the ring.",
    variant: { dryRun: "skipped", removal: "onceInGroup" },
    bounds: lacking,
    pinned: [487, 1_217, 33],
    mustFail: { V7: 9, V9: 5 }
  })
]
