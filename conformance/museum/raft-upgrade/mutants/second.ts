/** Mutants M32 to M62. */
import type { UpgradeMutant } from "../mutant.ts"

export const second: ReadonlyArray<UpgradeMutant> = []
