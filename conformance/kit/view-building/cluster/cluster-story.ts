/** The story of a cluster: its labels one by one, each with whoever acted. */
import type { StoryStep } from "../../../../model/explorer/errors.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"

export const clusterRole = "view-building/cluster"

const actorOf = (label: ViewBuildingLabel): string => {
  if ("shard" in label) return `${label.node}.${label.shard}`
  if ("node" in label) return label.node
  return "term" in label ? `coordinator of term ${label.term}` : "group 0"
}

export const clusterStory = (labels: ReadonlyArray<ViewBuildingLabel>): ReadonlyArray<StoryStep<ViewBuildingLabel>> =>
  labels.map((label) => ({ rule: label._tag, actor: actorOf(label), labels: [label] }))
