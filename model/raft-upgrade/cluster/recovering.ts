/** Clusters that an operator has to bring back. Source: dossier `raft-upgrade.md` 2.12, 3. */
import { post, pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { UpgradeBounds } from "./bounds.ts"
import type { Survivors } from "./recipe.ts"

interface Recovering {
  readonly survivors: Survivors
  readonly bounds: Partial<UpgradeBounds>
}

/** Two of four that use group 0 are lost, and with them the majority. */
export const majorityLost: Recovering = {
  survivors: { left: ["C", "D"], lost: ["A", "B"] },
  bounds: {
    nodes: ["A", "B", "C", "D"],
    storesPeers: true,
    before: { states: [post, post, post, post], down: ["A", "B"], changed: true }
  }
}

/** Two of three are lost. */
export const oneLeft: Recovering = {
  survivors: { left: ["C"], lost: ["A", "B"] },
  bounds: {
    nodes: ["A", "B", "C"],
    storesPeers: true,
    before: { states: [post, post, post], down: ["A", "B"], changed: true }
  }
}

/** One of three is lost that had not stopped using the old path, and the others wait for it in synchronize. */
export const stuck: Recovering = {
  survivors: { left: ["B", "C"], lost: ["A"] },
  bounds: {
    nodes: ["A", "B", "C"],
    storesPeers: true,
    before: { states: [pre, synchronize, synchronize], down: ["A"], changed: false }
  }
}

/** One of three that use group 0 is lost. The others could go on without it. */
export const minorityLost: Recovering = {
  survivors: { left: ["B", "C"], lost: ["A"] },
  bounds: {
    nodes: ["A", "B", "C"],
    storesPeers: true,
    before: { states: [post, post, post], down: ["A"], changed: false }
  }
}

/** Two that are about to go to synchronize. Nothing is wrong with them. */
export const onTheWay: Recovering = {
  survivors: { left: ["A", "B"], lost: [] },
  bounds: { storesPeers: true, before: { states: [pre, pre], down: [], changed: false } }
}
