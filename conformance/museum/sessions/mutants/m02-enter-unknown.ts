import type { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import type { SessionId } from "../../../../spec/sessions/ids.ts"
import { mutant } from "../mutant.ts"

/** M02 Enter creates what it does not find. Plausible. Breaks S7r, S3. */
export const M02 = mutant(
  "M02",
  {
    breaks: ["S7r", "S3"],
    origin: "plausible",
    sentence: "Enter creates what it does not find."
  },
  class extends SessionRegistry {
    override enter(id: SessionId): Guard {
      this.create(id)
      return super.enter(id)
    }
  }
)
