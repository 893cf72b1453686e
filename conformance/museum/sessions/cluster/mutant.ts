/** A mutant of a cluster: one parameter of the model that undoes one thing of the reference. */
import type { Variant } from "../../../../model/sessions/cluster/variant.ts"
import type { Mutant } from "../../../cli/museum-api.ts"

/** One parameter with another value than the reference's. */
export type Change = Partial<Variant>

/** Where a change makes no difference, although what it is about does happen there, and why. */
export interface Same {
  readonly trials: ReadonlyArray<string>
  readonly why: string
}

export interface ClusterMutant extends Mutant {
  /** The trial that is made for what it is about, and is taken before the rest of the battery. */
  readonly seenIn?: string
  readonly change: Change
  /** Present where nothing can be seen of it: the laws are then those that the dossier expected. */
  readonly same?: Same
}

/** A mutant by its number, its story, and what it changes. Laws are named without `SES-`. */
export const mutant = (
  id: string,
  story: Omit<Mutant, "id"> & Pick<ClusterMutant, "seenIn">,
  change: Change,
  same?: Same
): ClusterMutant => ({
  id,
  ...story,
  breaks: story.breaks.map((law) => `SES-${law}`),
  change,
  ...(same === undefined ? {} : { same })
})
