/** Mutants that are ours, for laws that had none, and for what the dossier does not list. */
import type { UpgradeMutant } from "../mutant.ts"
import { M63 } from "./m63-not-all-joined.ts"
import { M64 } from "./m64-silent-is-not-waited-for.ts"
import { M65 } from "./m65-acknowledged-first.ts"
import { M66 } from "./m66-latecomers.ts"
import { M70 } from "./m70-all-must-have-it.ts"
import { M71 } from "./m71-leaves-and-looks.ts"
import { M72 } from "./m72-begins-by-whoever-is-there.ts"
import { M73 } from "./m73-waits-without-looking.ts"
import { M74 } from "./m74-whoever-entered-is-trusted.ts"

export const ours: ReadonlyArray<UpgradeMutant> = [M63, M64, M65, M66, M70, M71, M72, M73, M74]
