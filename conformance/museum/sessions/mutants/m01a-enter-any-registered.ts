import type { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { Session } from "../../../../impl/sessions/registry/session.ts"
import { mutant } from "../mutant.ts"
import { withSessions } from "../with-parts.ts"

/** M01a Enter looks only whether the session is registered. Plausible. Breaks S3, S2, S7r. */
export const M01a = mutant(
  "M01a",
  {
    breaks: ["S3", "S2", "S7r"],
    origin: "plausible",
    sentence: "Enter looks only whether the session is registered."
  },
  withSessions(
    class extends Session {
      override enter(): Guard {
        this.gate.hold()
        return this.guard()
      }
    }
  )
)
