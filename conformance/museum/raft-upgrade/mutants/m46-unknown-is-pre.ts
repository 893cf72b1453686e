import { UpgradeStateAccess } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import { pre, type UpgradeState, upgradeStates } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

class TakesWhatItKnows extends UpgradeStateAccess {
  protected override read(text: string | null): UpgradeState {
    return upgradeStates.find((state) => state === text) ?? pre
  }
}

export const M46 = mutant(
  "M46",
  {
    sentence: "A state that nobody knows is taken for none, so that the node goes to group 0, and not into recovery.",
    origin: "plausible; db/system_keyspace.cc load_group0_upgrade_state; dossier 5, row 46",
    breaks: ["S15"],
    seenIn: "an operator does not write recovery as it is written"
  },
  { machinery: { UpgradeStateAccess: TakesWhatItKnows } }
)
