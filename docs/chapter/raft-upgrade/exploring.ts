/** Explorations that the numbers of the chapter on the way to group 0 come from. */
import { explore } from "../../../model/explorer/explore.ts"
import { asPinned } from "../../../model/kernel/scope.ts"
import { raftUpgrade } from "../../../model/raft-upgrade/index.ts"
import { history, type Memory } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { laws } from "../../../spec/raft-upgrade/laws.ts"
import { exploringOf } from "../exploring-of.ts"
import { storiesOf } from "../stories-of.ts"

export const { scopes } = raftUpgrade

const [protocol, prefix] = ["raft-upgrade", "RU"]

export const { scopeNamed, commandFor, exploredScope, numberOf, breaks } = exploringOf<RaftUpgradeLabel>(
  protocol,
  prefix,
  scopes
)

export const { storyText } = storiesOf<RaftUpgradeLabel>({ protocol, prefix, laws, scopes })

/** Looks on while a scope is explored: at every label, with what was remembered of the past. How many states there were. */
export const lookingOn = <M>(
  scope: string,
  follows: Memory<M, RaftUpgradeLabel>,
  see: (before: M, label: RaftUpgradeLabel) => void
): number => {
  const onlooker = history<RaftUpgradeLabel, M>("RU-looks-on", {
    sentence: "Somebody looks on.",
    source: "docs/chapter/raft-upgrade",
    follows,
    breaks: (before, label) => {
      see(before, label)
      return undefined
    }
  })
  return explore({ ...scopeNamed(scope).system(asPinned), laws: [onlooker] }).counts.distinct
}
