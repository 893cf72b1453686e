import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import { mutant } from "../mutant.ts"

class TakesAnyAnswer extends LastSteps {
  protected override isReady(): boolean {
    return true
  }
}

export const M22 = mutant(
  "M22",
  {
    sentence: "A member that answers counts as one in synchronize, whatever it says.",
    origin: "synthetic; dossier 5, row 22",
    breaks: ["S8", "S9"],
    seenIn: "one of three makes a change that nobody hears of, while the others wait for it in synchronize"
  },
  { machinery: { LastSteps: TakesAnyAnswer } }
)
