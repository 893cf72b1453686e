import { SchemaSynchronisation } from "../../../../impl/raft-upgrade/upgrade/schema-synchronisation.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

class TriesOnce extends SchemaSynchronisation {
  override async run(): Promise<NodeId | undefined> {
    const collected = await this.collect()
    if ("finisher" in collected) return collected.finisher
    const { schema, questions } = this.context
    const { version } = schema
    for (const [node, theirs] of collected.versions) if (theirs !== version) await questions.pull(node, "sync")
    return undefined
  }
}

export const M59 = mutant(
  "M59",
  {
    sentence: "What goes wrong in a pull is swallowed, and the node goes on without what it did not get.",
    origin: "plausible; dossier 5, row 59",
    breaks: ["S10", "S11"],
    seenIn: "a change that nobody was told of cannot be pulled for a while"
  },
  { machinery: { SchemaSynchronisation: TriesOnce } }
)
