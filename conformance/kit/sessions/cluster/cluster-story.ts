/** The story of a cluster: its labels one by one, each with whoever acted. */
import type { StoryStep } from "../../../../model/explorer/errors.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import { actorOf, describeLabel } from "./cluster-words.ts"

export const clusterRole = "sessions/cluster"

export const clusterStory = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<StoryStep<ClusterLabel>> =>
  labels.map((label) => ({ rule: label._tag, actor: actorOf(label), labels: [label] }))

/** The story as lines in the protocol's words. What changes nothing that a reader asks about is left out. */
export const tellCluster = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<string> =>
  labels.flatMap((label, at) => describeLabel(label, labels.slice(0, at)))
