/** What the laws of the way to group 0 say of a whole history. */
import type { Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { upgradeWitnesses } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"

/** Sentences about what these labels break, each law where it first is broken. Who waits at the end waits for ever. */
export const judged = (
  labels: ReadonlyArray<RaftUpgradeLabel>,
  laws: ReadonlyArray<Law<RaftUpgradeLabel>> = upgradeLaws
): ReadonlyArray<string> => {
  const broken = new Map<string, string>()
  let now = cluster.init
  for (const [at, label] of labels.entries()) {
    const before = now
    now = cluster.on(before, label)
    for (const law of laws) {
      const why = law.modality === "history" ? law.breaks(before, label, now) : undefined
      if (why !== undefined && !broken.has(law.id)) broken.set(law.id, `${law.id} at ${at}, ${label._tag}: ${why}`)
    }
  }
  for (const law of laws) {
    const why = law.modality === "leadsTo" ? law.pending(now) : undefined
    if (why !== undefined) broken.set(law.id, `${law.id} in the end: ${why}`)
  }
  return [...broken.values()]
}

/** The witnesses that a history does not show. */
export const notSeen = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlyArray<string> => {
  const seen = new Set<string>()
  let now = cluster.init
  for (const label of labels) {
    const before = now
    now = cluster.on(before, label)
    for (const witness of upgradeWitnesses) if (witness.happens(before, label, now)) seen.add(witness.id)
  }
  return upgradeWitnesses.flatMap(({ id }) => (seen.has(id) ? [] : [id]))
}
