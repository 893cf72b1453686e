/** Mutants M01 to M31. */
import type { UpgradeMutant } from "../mutant.ts"
import { M04 } from "./m04-told-as-server-starts.ts"

export const first: ReadonlyArray<UpgradeMutant> = [M04]
