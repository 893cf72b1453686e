import type { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import type { Journal as JournalOf } from "../runtime/journal.ts"

/** What a node, or whoever leads a group, tells of the way to group 0. */
export type Journal = JournalOf<RaftUpgradeLabel>
