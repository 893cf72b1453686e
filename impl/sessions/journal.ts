import type { ClusterLabel } from "../../spec/sessions/labels.ts"
import type { Journal as JournalOf } from "../runtime/journal.ts"

/** What a node of a cluster tells of itself. */
export type Journal = JournalOf<ClusterLabel>
