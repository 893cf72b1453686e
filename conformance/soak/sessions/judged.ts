/** What the laws of sessions say of a whole history. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { clusterLaws } from "../../../spec/sessions/laws.ts"
import { type Breach, isOwedBy, judgedBy, judgingOf } from "../judged.ts"

/** Every law that a running cluster can be judged by. */
export const judging = judgingOf<ClusterLabel>(clusterLaws)

export const judged = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<Breach> => judgedBy(judging, labels)

/** Whether somebody waits for something at the end of these labels. */
export const isOwed = (labels: ReadonlyArray<ClusterLabel>): boolean => isOwedBy(judging, labels)
