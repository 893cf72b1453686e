import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class ReleasedTwice extends Guard {
  override move(): Guard {
    const to = super.move()
    this.session.gate.leave()
    return to
  }

  protected override another(): Guard {
    return new ReleasedTwice(this.session)
  }
}

/** M10b A guard that was moved from releases as well. Plausible. Breaks S4, S5. */
export const M10b = mutant(
  "M10b",
  {
    breaks: ["S4", "S5"],
    origin: "plausible",
    sentence: "A guard that was moved from releases as well."
  },
  withGuards(ReleasedTwice)
)
