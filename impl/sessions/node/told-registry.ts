import { defaultSession, type SessionId } from "../../../spec/sessions/ids.ts"
import type { Session } from "../registry/session.ts"
import { SessionRegistry } from "../registry/session-registry.ts"

/** A shard's registry that tells what it forgets. */
export class ToldRegistry extends SessionRegistry {
  readonly #forgotten: (session: SessionId) => void

  constructor(forgotten: (session: SessionId) => void) {
    super()
    this.#forgotten = forgotten
  }

  /** The sessions that work is admitted to, the default one left out. */
  get open(): ReadonlyArray<SessionId> {
    return [...this.sessions.values()]
      .filter(({ id, isClosing }) => !isClosing && id !== defaultSession)
      .map(({ id }) => id)
      .sort()
  }

  protected override forget(session: Session): void {
    super.forget(session)
    this.#forgotten(session.id)
  }
}
