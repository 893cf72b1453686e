import { SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { HeldState } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import { mutant } from "../mutant.ts"

class Detaches extends SchemaChanges {
  protected override async path(): Promise<HeldState> {
    const { state } = await super.path()
    return { state, release: () => {} }
  }
}

export const M19 = mutant(
  "M19",
  {
    sentence: "What keeps a node in its state for a change is lost on the way back, and never released.",
    origin: "scylladb commit a636c2af61, latent in 5ff693eff6; dossier 5, row 19",
    breaks: ["V1"],
    seenIn: "changes whose pushes are all lost"
  },
  { machinery: { SchemaChanges: Detaches } }
)
