/** All mutants of the building of views, in the order of their numbers. */
import type { BuildingMutant } from "./mutant.ts"
import { M02 } from "./mutants/m02-pending-rolled-back.ts"
import { M09 } from "./mutants/m09-row-before-list.ts"
import { M14 } from "./mutants/m14-flushed-for-those-after.ts"
import { open } from "./mutants/open.ts"

export const mutants: ReadonlyArray<BuildingMutant> = [M02, M09, M14, ...open]
