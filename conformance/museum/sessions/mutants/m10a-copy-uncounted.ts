import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class Uncounted extends Guard {
  override copy(): Guard {
    return this.another()
  }

  protected override another(): Guard {
    return new Uncounted(this.session)
  }
}

/** M10a A copy of a guard is not counted. Plausible. Breaks S4, S5. */
export const M10a = mutant(
  "M10a",
  {
    breaks: ["S4", "S5"],
    origin: "plausible",
    sentence: "A copy of a guard is not counted."
  },
  withGuards(Uncounted)
)
