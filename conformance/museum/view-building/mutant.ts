/** A mutant of the building of views: one thing of our cluster that is another way. */
import type { ClusterOptions } from "../../../impl/view-building/node/local-cluster.ts"
import type { Mutant } from "../../cli/museum-api.ts"

/** A part in the place of the reference's, or a choice as scylladb ships it. */
export type Change = Pick<ClusterOptions, "worker" | "coordinator" | "machinery" | "changes">

export interface BuildingMutant extends Mutant {
  /** The trial that is made for what it is about, and is taken before the rest of the battery. */
  readonly seenIn?: string
  readonly change: Change
  /** What scylladb ships besides, and without which nothing is to be seen of it. */
  readonly beside?: Change
  /** Why it does no harm, although it is to be seen in the story made for it: the laws are then those that the dossier expected. */
  readonly lawful?: string
}

/** A mutant by its number, its story, and what it changes. Laws are named without `VB-`. */
export const mutant = (id: string, story: Omit<BuildingMutant, "id" | "change">, change: Change): BuildingMutant => ({
  id,
  ...story,
  breaks: story.breaks.map((law) => `VB-${law}`),
  change
})
