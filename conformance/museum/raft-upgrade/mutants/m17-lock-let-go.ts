import { SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { HeldState } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import { mutant } from "../mutant.ts"

class LetsGo extends SchemaChanges {
  protected override async path(): Promise<HeldState> {
    const held = await super.path()
    held.release()
    return held
  }
}

export const M17 = mutant(
  "M17",
  {
    sentence: "A change on the old path lets its node go on before it is merged.",
    origin: "synthetic: scylladb commit 43687be1f1; dossier 5, row 17",
    breaks: ["S7", "S9"],
    seenIn: "a change is on its old path for a long time"
  },
  { machinery: { SchemaChanges: LetsGo } }
)
