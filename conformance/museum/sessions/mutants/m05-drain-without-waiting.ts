import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import { mutant } from "../mutant.ts"

/** M05 A drain forgets sessions without waiting for their guards. Plausible. Breaks S5, S4. */
export const M05 = mutant(
  "M05",
  {
    breaks: ["S5", "S4"],
    origin: "plausible",
    sentence: "A drain forgets sessions without waiting for their guards."
  },
  class extends SessionRegistry {
    protected override untilEmpty(): Promise<void> {
      return Promise.resolve()
    }
  }
)
