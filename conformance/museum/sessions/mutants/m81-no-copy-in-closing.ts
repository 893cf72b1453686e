import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class Queueing extends Guard {
  override copy(): Guard {
    this.session.gate.enter()
    return this.another()
  }

  protected override another(): Guard {
    return new Queueing(this.session)
  }
}

/** M81 A copy of a guard has to enter like everybody else. Plausible. Breaks S14. */
export const M81 = mutant(
  "M81",
  {
    breaks: ["S14"],
    origin: "plausible",
    sentence: "A copy of a guard has to enter like everybody else."
  },
  withGuards(Queueing)
)
