/** A mutant of the way to group 0: one thing of our cluster that is another way. */
import type { ClusterOptions } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Mutant } from "../../cli/museum-api.ts"

/** A part in the place of the reference's, a choice as scylladb ships it, or an operator or a network that does otherwise. */
export type Change = Pick<ClusterOptions, "upgrade" | "machinery" | "Node" | "leavesOut" | "fate">

export interface UpgradeMutant extends Mutant {
  /** The trial that is made for what it is about, and is taken before the rest of the battery. */
  readonly seenIn?: string
  readonly change: Change
  /** What scylladb ships besides, and without which nothing is to be seen of it. */
  readonly beside?: Change
  /** Why it does no harm, although it is to be seen in the story made for it: the laws are then those that the dossier expected. */
  readonly lawful?: string
  /** Why nothing is to be seen of it anywhere: every story and every storm is told in the same words. */
  readonly same?: string
}

/** A mutant by its number, its story, and what it changes. Laws are named without `RU-`. */
export const mutant = (id: string, story: Omit<UpgradeMutant, "id" | "change">, change: Change): UpgradeMutant => ({
  id,
  ...story,
  breaks: story.breaks.map((law) => `RU-${law}`),
  change
})

/** Everything that is another way with a mutant. */
export const changeOf = ({ beside, change }: UpgradeMutant): Change => {
  const upgrade = { ...beside?.upgrade, ...change.upgrade }
  const machinery = { ...beside?.machinery, ...change.machinery }
  return { ...beside, ...change, upgrade, machinery }
}
