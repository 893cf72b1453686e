/** Registries whose sessions or guards are others. */
import type { Guard, Guarded } from "../../../impl/sessions/registry/guard.ts"
import { Session } from "../../../impl/sessions/registry/session.ts"
import { SessionRegistry } from "../../../impl/sessions/registry/session-registry.ts"
import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { Subject } from "./mutant.ts"

/** Our registry with sessions of this class. */
export const withSessions = (Made: new (id: SessionId) => Session): Subject =>
  class extends SessionRegistry {
    protected override newSession(id: SessionId): Session {
      return new Made(id)
    }
  }

/** Our registry with guards of this class. */
export const withGuards = (Made: new (session: Guarded) => Guard): Subject =>
  withSessions(
    class extends Session {
      protected override guard(): Guard {
        return new Made(this)
      }
    }
  )
