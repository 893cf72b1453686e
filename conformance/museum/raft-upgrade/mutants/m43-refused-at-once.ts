import { SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { HeldState } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import { mutant } from "../mutant.ts"

class HasNoPatience extends SchemaChanges {
  protected override path(): Promise<HeldState> {
    return this.context.state.get()
  }
}

export const M43 = mutant(
  "M43",
  {
    sentence: "A change that comes in synchronize is refused at once, although its node is about to arrive.",
    origin: "scylladb commit 5ff693eff6, issues 23536, 20844; dossier 5, row 43",
    breaks: ["V6"],
    seenIn: "a client comes to a node that is about to arrive",
    lawful: "V6 holds: its client may ask again, and is heard once the node has arrived, as it was until 2025"
  },
  { machinery: { SchemaChanges: HasNoPatience } }
)
