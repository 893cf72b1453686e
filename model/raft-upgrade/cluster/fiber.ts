/** Where the way to group 0 goes from each of its steps (U1 to U9). Source: dossier `raft-upgrade.md` 2.7. */
import type { RaftUpgradeLabel, UpgradeStep } from "../../../spec/raft-upgrade/labels.ts"
import { post, pre, stateOf, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Firing } from "../../kernel/system.ts"
import type { Disk, Fiber, Life, NodeCells } from "./cells.ts"
import { looks } from "./looking.ts"
import type { Ring } from "./ring.ts"
import { isOutside, type Setting } from "./setting.ts"

type Step = Firing<RaftUpgradeLabel>

const goes = (node: NodeCells, to: Fiber, ...labels: ReadonlyArray<RaftUpgradeLabel>): Step => ({
  labels,
  writes: [write(node.fiber, to)]
})

export const ended = (node: NodeCells, step: UpgradeStep): RaftUpgradeLabel => ({
  _tag: "StepEnded",
  node: node.name,
  step
})

/** U2, or U3 where the node is in the group already. */
export const afterDryRun = (setting: Setting, node: NodeCells, disk: Disk, ring: Ring): Step =>
  disk.group === null ? looks(setting, node, disk, ring) : goes(node, { at: "allJoined" })

/** B2 for a new node, which has come to the group before it has come to the ring; U3 for any other. */
export const afterJoin = ({ variant }: Setting, node: NodeCells, life: Life, { state }: Disk): Step => {
  if (!isOutside(node, life)) return goes(node, { at: "allJoined" })
  const hasArrived = stateOf(state) === post && variant.repeatedBootstrap === "keepsState"
  const over = ended(node, "join")
  return goes(node, hasArrived ? { at: "readBarrier" } : { at: "locking", to: synchronize }, over)
}

/** U4 where the node still uses the old path, or else U7. */
export const afterAllJoined = ({ bounds }: Setting, node: NodeCells, { state }: Disk): Step => {
  const over = ended(node, "allJoined")
  if (stateOf(state) !== pre) return goes(node, { at: "allSynchronize", entered: [] }, over)
  return bounds.firstSync
    ? goes(node, { at: "firstSync", versions: [] }, over)
    : goes(node, { at: "locking", to: synchronize }, over)
}

/** U6, once everybody who is in has been asked again (U5). */
export const afterFirstSync = (node: NodeCells): Step =>
  goes(node, { at: "dryRunOnMembers", heard: [] }, ended(node, "firstSync"))

export const toSynchronize = (node: NodeCells, ...labels: ReadonlyArray<RaftUpgradeLabel>): Step =>
  goes(node, { at: "locking", to: synchronize }, ...labels)

/** An exception ends the fiber. Nothing is taken back, and only a restart helps. */
export const failing = (node: NodeCells, why: string, before: ReadonlyArray<RaftUpgradeLabel> = []): Step =>
  goes(node, { at: "failed" }, ...before, { _tag: "FiberFailed", node: node.name, why })

/** U9. */
export const toPost = (node: NodeCells, ...labels: ReadonlyArray<RaftUpgradeLabel>): Step =>
  goes(node, { at: "locking", to: post }, ...labels)

/** U8, unless a design does without it. */
export const afterAllSynchronize = ({ variant }: Setting, node: NodeCells): Step => {
  const over = ended(node, "allSynchronize")
  return variant.secondSync === "skipped" ? toPost(node, over) : goes(node, { at: "secondSync", versions: [] }, over)
}
