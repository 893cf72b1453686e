import { SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { Mutation } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"

class BeginsWithinAnother extends SchemaChanges {
  protected override async spread(mutation: Mutation): Promise<void> {
    const { release } = await this.context.state.get()
    try {
      await super.spread(mutation)
    } finally {
      release()
    }
  }
}

export const M20 = mutant(
  "M20",
  {
    sentence: "A change on the old path begins another within itself, behind the state that waits for the first.",
    origin: "derived: the fair lock of seastar; dossier 5, row 20",
    breaks: ["V6", "V1"],
    seenIn: "a change is on its old path for a long time"
  },
  { machinery: { SchemaChanges: BeginsWithinAnother } }
)
