import type { Guard } from "../../../../impl/sessions/registry/guard.ts"
import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import { defaultSession, nullSession, type SessionId } from "../../../../spec/sessions/ids.ts"
import { mutant } from "../mutant.ts"

/** M03 A forgotten id is taken for the default session. Draft of scylladb pull request 15847. Breaks S12r, S3. */
export const M03 = mutant(
  "M03",
  {
    breaks: ["S12r", "S3"],
    origin: "draft of scylladb pull request 15847",
    sentence: "A forgotten id is taken for the default session."
  },
  class extends SessionRegistry {
    override enter(id: SessionId): Guard {
      return super.enter(id === nullSession ? defaultSession : id)
    }
  }
)
