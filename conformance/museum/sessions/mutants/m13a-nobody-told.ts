import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class Unheard extends Guard {
  override onAbort(): boolean {
    return !this.session.isClosing
  }

  protected override another(): Guard {
    return new Unheard(this.session)
  }
}

/** M13a Nobody is told that a session begins to close. Pre-1c38fa9cdb, scylladb issue 26281. Breaks S15. */
export const M13a = mutant(
  "M13a",
  {
    breaks: ["S15"],
    origin: "pre-1c38fa9cdb, scylladb issue 26281",
    sentence: "Nobody is told that a session begins to close."
  },
  withGuards(Unheard)
)
