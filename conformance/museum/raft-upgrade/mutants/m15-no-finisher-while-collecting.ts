import { SchemaSynchronisation } from "../../../../impl/raft-upgrade/upgrade/schema-synchronisation.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class CollectsForEver extends SchemaSynchronisation {
  protected override whileIncomplete(): Promise<NodeId | undefined> {
    return Promise.resolve(undefined)
  }
}

export const M15 = mutant(
  "M15",
  {
    sentence: "Who collects versions, and cannot find a member, does not ask whether anybody is through.",
    origin: "derived: scylladb b35af73fdf to fbaf0a3cce; dossier 5, row 15",
    breaks: ["V3"],
    seenIn: "the first has arrived, another is lost, and the third is about to compare schemas"
  },
  { machinery: { SchemaSynchronisation: CollectsForEver } }
)
