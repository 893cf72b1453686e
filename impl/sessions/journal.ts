/** What a node tells of itself: the labels that laws judge a run by. */
import type { ClusterLabel } from "../../spec/sessions/labels.ts"

/** Takes labels in the order in which they happen on this node. It must not wait, or it would change what it tells. */
export type Journal = (label: ClusterLabel) => void
