import { defaultSession, type SessionId } from "../../../spec/sessions/ids.ts"
import { Mutex } from "../../runtime/mutex.ts"
import type { Guard } from "./guard.ts"
import { SessionNotFound } from "./refusals.ts"
import { Session } from "./session.ts"

/**
 * The sessions of one shard: who may enter, and who has to leave before a barrier may pass.
 *
 * Everything but a drain happens at once. One close meets its sessions in the order in which they were created.
 *
 * Source: service/session.cc session_manager.
 */
export class SessionRegistry {
  protected readonly sessions = new Map<SessionId, Session>()
  /** Sessions that are closing, the last to close first. */
  protected closing: ReadonlyArray<Session> = []
  protected readonly draining = new Mutex()

  constructor() {
    this.create(defaultSession)
  }

  /** Registers a session, open. What is registered already stays as it is, closing or not. */
  create(id: SessionId): void {
    if (!this.sessions.has(id)) this.sessions.set(id, this.newSession(id))
  }

  /** Makes a frozen guard live. Throws `SessionNotFound`, or `GateClosed` once the session is closing. */
  enter(id: SessionId): Guard {
    const session = this.sessions.get(id)
    if (session === undefined) throw new SessionNotFound(id)
    return session.enter()
  }

  /** Starts closing every session but these and the default one. */
  closeAllExcept(keep: ReadonlySet<SessionId>): void {
    for (const session of this.sessions.values()) {
      if (keep.has(session.id) || this.spares(session) || session.isClosing) continue
      this.closing = [session, ...this.closing]
      session.startClosing()
    }
  }

  /**
   * Resolves when every session that was closing at the call has no guards and is forgotten.
   *
   * One drain at a time; each takes its list when its turn comes and forgets session after session. What begins to close
   * after that is left to the next. There is no timeout.
   */
  async drain(): Promise<void> {
    if (!this.draining.tryTake()) await this.draining.take()
    try {
      for (const session of this.toDrain()) {
        await this.untilEmpty(session)
        this.forget(session)
      }
    } finally {
      this.draining.give()
    }
  }

  /** The default session belongs to nobody whose work could be over. */
  protected spares(session: Session): boolean {
    return session.id === defaultSession
  }

  protected toDrain(): ReadonlyArray<Session> {
    return this.closing
  }

  protected untilEmpty(session: Session): Promise<void> {
    return session.close()
  }

  protected forget(session: Session): void {
    this.closing = this.closing.filter((other) => other !== session)
    this.sessions.delete(session.id)
  }

  protected newSession(id: SessionId): Session {
    return new Session(id)
  }
}
