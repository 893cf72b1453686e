import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class Careless extends Guard {
  override check(): void {}

  protected override another(): Guard {
    return new Careless(this.session)
  }
}

/** M80 A check never refuses. Plausible. Breaks S13, S2. */
export const M80 = mutant(
  "M80",
  {
    breaks: ["S13", "S2"],
    origin: "plausible",
    sentence: "A check never refuses."
  },
  withGuards(Careless)
)
