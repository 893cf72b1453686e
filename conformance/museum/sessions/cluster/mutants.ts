/** All mutants of a cluster, in the order of their numbers. */
import type { ClusterMutant } from "./mutant.ts"
import { barriers } from "./mutants/barriers.ts"
import { coordinators } from "./mutants/coordinators.ts"
import { groups } from "./mutants/groups.ts"
import { openSets } from "./mutants/open-sets.ts"
import { operations } from "./mutants/operations.ts"
import { resizes } from "./mutants/resizes.ts"
import { stages } from "./mutants/stages.ts"
import { versions } from "./mutants/versions.ts"

export const mutants: ReadonlyArray<ClusterMutant> = [
  ...openSets,
  ...groups,
  ...barriers,
  ...coordinators,
  ...versions,
  ...operations,
  ...resizes,
  ...stages
].sort((one, other) => (one.id < other.id ? -1 : 1))
