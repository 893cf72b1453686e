import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class GivesUp extends Guard {
  override check(): void {
    if (this.session.isClosing) this.release()
    super.check()
  }

  protected override another(): Guard {
    return new GivesUp(this.session)
  }
}

/** M11 A check that fails releases the guard. Plausible. Breaks S4, S5. */
export const M11 = mutant(
  "M11",
  {
    breaks: ["S4", "S5"],
    origin: "plausible",
    sentence: "A check that fails releases the guard."
  },
  withGuards(GivesUp)
)
