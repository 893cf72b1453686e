import { SchemaSynchronisation } from "../../../../impl/raft-upgrade/upgrade/schema-synchronisation.ts"
import { mutant } from "../mutant.ts"

/** Whoever does not answer is left out. */
export class TakesWhatItGets extends SchemaSynchronisation {
  protected override isComplete(): boolean {
    return true
  }
}

export const M26 = mutant(
  "M26",
  {
    sentence: "A comparison goes by those members that have answered.",
    origin: "synthetic; dossier 5, row 26",
    breaks: ["S10", "S11"],
    seenIn: "the same, and for a while it does not say what its schema is"
  },
  { machinery: { SchemaSynchronisation: TakesWhatItGets } }
)
