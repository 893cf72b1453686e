/** All mutants of the way to group 0, in the order of their numbers. From M63 on they are ours, for laws that had none. */
import type { UpgradeMutant } from "./mutant.ts"
import { first } from "./mutants/first.ts"
import { ours } from "./mutants/ours.ts"
import { second } from "./mutants/second.ts"

export const mutants: ReadonlyArray<UpgradeMutant> = [...first, ...second, ...ours]
