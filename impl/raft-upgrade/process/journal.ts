import { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { journalLines } from "../../runtime/child/journal-line.ts"

/** Journals of a cluster's processes. */
export const upgradeJournal = journalLines<RaftUpgradeLabel>(RaftUpgradeLabel)
