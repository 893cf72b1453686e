import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class Dangling extends Guard {
  protected override unsubscribe(): void {}

  protected override another(): Guard {
    return new Dangling(this.session)
  }
}

/** M15 A subscription hangs on the session and outlives its guard. Pre-91ada5517d. Breaks S4, S15. */
export const M15 = mutant(
  "M15",
  {
    breaks: ["S4", "S15"],
    origin: "pre-91ada5517d",
    sentence: "A subscription hangs on the session and outlives its guard."
  },
  withGuards(Dangling)
)
