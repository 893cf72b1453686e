import { UpgradeStateAccess } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import type { Release } from "../../../../impl/runtime/fair-lock.ts"
import { mutant } from "../mutant.ts"

class SetsAtOnce extends UpgradeStateAccess {
  protected override alone(): Promise<Release> {
    return Promise.resolve(() => {})
  }
}

export const M18 = mutant(
  "M18",
  {
    sentence: "A node goes to its next state without waiting for changes on their old path.",
    origin: "synthetic; dossier 5, row 18",
    breaks: ["S7", "S9"],
    seenIn: "a change is on its old path for a long time"
  },
  { machinery: { UpgradeStateAccess: SetsAtOnce } }
)
