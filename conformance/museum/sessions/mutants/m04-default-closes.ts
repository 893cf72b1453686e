import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import { mutant } from "../mutant.ts"

/** M04 A close that spares nothing closes the default session too. Plausible. Breaks L7, S3. */
export const M04 = mutant(
  "M04",
  {
    breaks: ["L7", "S3"],
    origin: "plausible",
    sentence: "A close that spares nothing closes the default session too."
  },
  class extends SessionRegistry {
    protected override spares(): boolean {
      return false
    }
  }
)
