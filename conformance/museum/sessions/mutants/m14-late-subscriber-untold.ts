import { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { mutant } from "../mutant.ts"
import { withGuards } from "../with-parts.ts"

class Hopeful extends Guard {
  override onAbort(call: () => void): boolean {
    super.onAbort(call)
    return true
  }

  protected override another(): Guard {
    return new Hopeful(this.session)
  }
}

/** M14 Who subscribes too late is not told. Pre-1c38fa9cdb, scylladb issue 26281. Breaks S15, S2. */
export const M14 = mutant(
  "M14",
  {
    breaks: ["S15", "S2"],
    origin: "pre-1c38fa9cdb, scylladb issue 26281",
    sentence: "Who subscribes too late is not told."
  },
  withGuards(Hopeful)
)
