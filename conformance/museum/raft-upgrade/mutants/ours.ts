/** Mutants that are ours, for laws that had none. */
import type { UpgradeMutant } from "../mutant.ts"

export const ours: ReadonlyArray<UpgradeMutant> = []
