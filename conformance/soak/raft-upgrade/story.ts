/** A history as it was told, one line for each label. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"

/** How many lines of a story are told up to the end of it. */
const told = 60

/** What led to a place in a history. */
export const storyOf = (labels: ReadonlyArray<RaftUpgradeLabel>, at: number): ReadonlyArray<string> =>
  labels.slice(Math.max(0, at + 1 - told), at + 1).map((label) => JSON.stringify(label))
