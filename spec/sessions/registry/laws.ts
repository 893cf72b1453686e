/** The laws of one session registry, whoever built it. Sources: dossier `sessions.md` section 4. */
import type { Law } from "../../law.ts"
import type { RegistryLabel } from "./labels.ts"
import { L7, S2, S3, S7r, S12r, S13 } from "./laws/admission.ts"
import { L2r, S5 } from "./laws/drains.ts"
import { S4, S14, S15 } from "./laws/guards.ts"
import { witnesses } from "./laws/witnesses.ts"

/** What a registry is judged by. A letter r marks what one registry can be held to of a law about whole nodes. */
export const registryLaws: ReadonlyArray<Law<RegistryLabel>> = [S2, S3, S4, S5, S7r, S12r, S13, S14, S15, L2r, L7]

/** The same, and what must be reachable. */
export const laws: ReadonlyArray<Law<RegistryLabel>> = [...registryLaws, ...witnesses]
