/** Journals of a cluster's processes. */
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type JournalLine as JournalLineOf, journalLines } from "../../runtime/child/journal-line.ts"

export type JournalLine = JournalLineOf<ClusterLabel>

export const sessionsJournal = journalLines<ClusterLabel>(ClusterLabel)
