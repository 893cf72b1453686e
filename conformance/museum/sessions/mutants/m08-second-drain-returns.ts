import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import { mutant } from "../mutant.ts"

/** M08 A drain is over at once because another is going on. Plausible. Breaks S5, S4. */
export const M08 = mutant(
  "M08",
  {
    breaks: ["S5", "S4"],
    origin: "plausible",
    sentence: "A drain is over at once because another is going on."
  },
  class extends SessionRegistry {
    override async drain(): Promise<void> {
      if (!this.draining.isTaken) await super.drain()
    }
  }
)
