import { Rounds } from "../../../../impl/raft-upgrade/upgrade/rounds.ts"
import { greatestRetryMs } from "../../../../spec/raft-upgrade/messages.ts"
import { mutant } from "../mutant.ts"

class WaitsLongest extends Rounds {
  protected override pause(): number {
    return greatestRetryMs
  }
}

export const M13 = mutant(
  "M13",
  {
    sentence: "A step that has to be tried again waits as long as ever the first time.",
    origin: "scylladb commit 580bdec875; dossier 5, row 13",
    breaks: ["S21"],
    seenIn: "one of three is held before it goes to synchronize"
  },
  { machinery: { Rounds: WaitsLongest } }
)
