import { Session } from "../../../../impl/sessions/registry/session.ts"
import { mutant } from "../mutant.ts"
import { withSessions } from "../with-parts.ts"

/** M12 A close releases the guards of those who are inside. Plausible. Breaks S5, S4. */
export const M12 = mutant(
  "M12",
  {
    breaks: ["S5", "S4"],
    origin: "plausible",
    sentence: "A close releases the guards of those who are inside."
  },
  withSessions(
    class extends Session {
      override startClosing(): void {
        super.startClosing()
        while (this.gate.count > 0) this.gate.leave()
      }
    }
  )
)
