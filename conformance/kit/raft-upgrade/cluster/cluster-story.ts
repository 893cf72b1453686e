/** The story of a cluster: its labels one by one, each with whoever acted. */
import type { StoryStep } from "../../../../model/explorer/errors.ts"
import type { RaftUpgradeLabel } from "../../../../spec/raft-upgrade/labels.ts"

export const clusterRole = "raft-upgrade/cluster"

const actorOf = (label: RaftUpgradeLabel): string => {
  if (label._tag === "DeclaredLost" || label._tag === "Edited") return "operator"
  if ("node" in label) return label.node
  return label._tag === "Elapsed" ? "time" : "group 0"
}

export const clusterStory = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlyArray<StoryStep<RaftUpgradeLabel>> =>
  labels.map((label) => ({ rule: label._tag, actor: actorOf(label), labels: [label] }))
