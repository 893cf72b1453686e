import { type Collected, SchemaSynchronisation } from "../../../../impl/raft-upgrade/upgrade/schema-synchronisation.ts"
import { mutant } from "../mutant.ts"

class AsksOnce extends SchemaSynchronisation {
  #first: Collected | undefined

  protected override async collect(): Promise<Collected> {
    this.#first ??= await super.collect()
    return this.#first
  }
}

export const M25 = mutant(
  "M25",
  {
    sentence: "A comparison asks for versions once, and goes by them in every round.",
    origin: "synthetic; dossier 5, row 25",
    breaks: ["V1"],
    seenIn: "two nodes have changes that the other has not heard of as they set out"
  },
  { machinery: { SchemaSynchronisation: AsksOnce } }
)
