/** All mutants of a cluster, in the order of their numbers. */
import type { ClusterMutant } from "./mutant.ts"
import { barriers } from "./mutants/barriers.ts"
import { coordinators } from "./mutants/coordinators.ts"
import { groups } from "./mutants/groups.ts"
import { openSets } from "./mutants/open-sets.ts"
import { operations } from "./mutants/operations.ts"
import { registries } from "./mutants/registries.ts"
import { requests } from "./mutants/requests.ts"
import { resizes } from "./mutants/resizes.ts"
import { stages } from "./mutants/stages.ts"
import { succession } from "./mutants/succession.ts"
import { versions } from "./mutants/versions.ts"

export const mutants: ReadonlyArray<ClusterMutant> = [
  ...registries,
  ...openSets,
  ...groups,
  ...barriers,
  ...coordinators,
  ...versions,
  ...operations,
  ...requests,
  ...resizes,
  ...stages,
  ...succession
].sort((one, other) => (one.id < other.id ? -1 : 1))
