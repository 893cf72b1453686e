import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import type { SessionId } from "../../../../spec/sessions/ids.ts"
import { mutant } from "../mutant.ts"

/** M09 Create reopens a session that is closing. Plausible. Breaks S2, S3, S7r. */
export const M09 = mutant(
  "M09",
  {
    breaks: ["S2", "S3", "S7r"],
    origin: "plausible",
    sentence: "Create reopens a session that is closing."
  },
  class extends SessionRegistry {
    override create(id: SessionId): void {
      const session = this.sessions.get(id)
      if (session?.isClosing) this.forget(session)
      super.create(id)
    }
  }
)
