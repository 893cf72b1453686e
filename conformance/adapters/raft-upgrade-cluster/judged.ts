/** What the laws of the way to group 0 say of a whole history. */
import type { Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { upgradeWitnesses } from "../../../spec/raft-upgrade/laws/witnesses.ts"
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"

export interface Broken {
  readonly law: string
  /** The label that broke it, counted from 0; null where somebody waits in the end. */
  readonly at: number | null
  readonly why: string
}

/** Each law where it first is broken. Who waits at the end waits for ever. */
export const brokenBy = (
  labels: ReadonlyArray<RaftUpgradeLabel>,
  laws: ReadonlyArray<Law<RaftUpgradeLabel>> = upgradeLaws
): ReadonlyArray<Broken> => {
  const broken = new Map<string, Broken>()
  let now = cluster.init
  for (const [at, label] of labels.entries()) {
    const before = now
    now = cluster.on(before, label)
    for (const law of laws) {
      const why = law.modality === "history" && !broken.has(law.id) ? law.breaks(before, label, now) : undefined
      if (why !== undefined) broken.set(law.id, { law: law.id, at, why })
    }
  }
  for (const law of laws) {
    const why = law.modality === "leadsTo" ? law.pending(now) : undefined
    if (why !== undefined) broken.set(law.id, { law: law.id, at: null, why })
  }
  return [...broken.values()]
}

/** The same in sentences. */
export const judged = (
  labels: ReadonlyArray<RaftUpgradeLabel>,
  laws: ReadonlyArray<Law<RaftUpgradeLabel>> = upgradeLaws
): ReadonlyArray<string> =>
  brokenBy(labels, laws).map(
    ({ law, at, why }) => `${law} ${at === null ? "in the end" : `at ${at}, ${labels[at]?._tag}`}: ${why}`
  )

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
