import type { Session } from "../../../../impl/sessions/registry/session.ts"
import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import { mutant } from "../mutant.ts"

/** M82 A drain waits, but forgets nothing. Plausible. Breaks S5, S3. */
export const M82 = mutant(
  "M82",
  {
    breaks: ["S5", "S3"],
    origin: "plausible",
    sentence: "A drain waits, but forgets nothing."
  },
  class extends SessionRegistry {
    protected override forget(session: Session): void {
      this.closing = this.closing.filter((other) => other !== session)
    }
  }
)
