/** All mutants of a cluster, in the order of their numbers. */
import type { ClusterMutant } from "./mutant.ts"
import { barriers } from "./mutants/barriers.ts"
import { openSets } from "./mutants/open-sets.ts"
import { operations } from "./mutants/operations.ts"
import { registries } from "./mutants/registries.ts"
import { requests } from "./mutants/requests.ts"
import { stages } from "./mutants/stages.ts"
import { succession } from "./mutants/succession.ts"
import { versions } from "./mutants/versions.ts"

export const mutants: ReadonlyArray<ClusterMutant> = [
  ...registries,
  ...openSets,
  ...barriers,
  ...versions,
  ...operations,
  ...requests,
  ...stages,
  ...succession
].sort((one, other) => (one.id < other.id ? -1 : 1))
