/** What the laws of the way to group 0 say of a whole history. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { type Breach, isOwedBy, judgedBy, judgingOf } from "../judged.ts"

/** Every law that running processes can be judged by. */
export const judging = judgingOf<RaftUpgradeLabel>(upgradeLaws)

export const judged = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlyArray<Breach> => judgedBy(judging, labels)

/** Whether somebody waits for something at the end of these labels. */
export const isOwed = (labels: ReadonlyArray<RaftUpgradeLabel>): boolean => isOwedBy(judging, labels)
