import { Session } from "../../../../impl/sessions/registry/session.ts"
import { mutant } from "../mutant.ts"
import { withSessions } from "../with-parts.ts"

/** M83 Subscribers are called when their guards are not valid any more. Plausible. Breaks S15. */
export const M83 = mutant(
  "M83",
  {
    breaks: ["S15"],
    origin: "plausible",
    sentence: "Subscribers are called when their guards are not valid any more."
  },
  withSessions(
    class extends Session {
      override startClosing(): void {
        if (this.isClosing) return
        void this.gate.close()
        this.abortSource.request()
      }
    }
  )
)
