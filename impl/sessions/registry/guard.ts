import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { AbortSource, Subscription } from "./abort-source.ts"
import type { Gate } from "./gate.ts"
import { AbortRequested } from "./refusals.ts"

/** A session as its guards see it. */
export interface Guarded {
  readonly id: SessionId
  readonly gate: Gate
  readonly abortSource: AbortSource
  readonly isClosing: boolean
}

/**
 * Proof that work was admitted to a session. The session cannot be drained until it is released.
 *
 * Source: service/session.hh session::guard.
 */
export class Guard {
  protected readonly session: Guarded
  protected subscriptions: Array<Subscription> = []
  #held = true

  /** For one whom the session's gate has counted already. */
  constructor(session: Guarded) {
    this.session = session
  }

  /** The frozen guard: an id that can travel, and that holds nothing. */
  get sessionId(): SessionId {
    return this.session.id
  }

  /** Throws `AbortRequested` once the session is closing. The guard stays, for the work may not be over yet. */
  check(): void {
    if (this.session.isClosing) throw new AbortRequested()
  }

  /** One more guard for the same session, also when that is closing: whoever has a guard is inside. */
  copy(): Guard {
    this.session.gate.hold()
    return this.another()
  }

  /** Hands everything over to a new guard, and leaves this one empty: releasing it does nothing any more. */
  move(): Guard {
    const to = this.another()
    to.subscriptions = this.subscriptions
    this.subscriptions = []
    this.#held = false
    return to
  }

  /**
   * Asks to be called when the session begins to close, for as long as the guard lives.
   *
   * Says whether the call may still come: whoever is too late has to clean up by itself.
   */
  onAbort(call: () => void): boolean {
    const subscription = this.session.abortSource.subscribe(call)
    if (subscription === undefined) return false
    this.subscriptions.push(subscription)
    return true
  }

  /** Lets go. It may be called again, and then does nothing. */
  release(): void {
    if (!this.#held) return
    this.#held = false
    this.unsubscribe()
    this.session.gate.leave()
  }

  /** A subscription must not outlive the guard, or it would be a way into a session that nothing keeps. */
  protected unsubscribe(): void {
    for (const subscription of this.subscriptions) subscription.cancel()
  }

  /** A guard of the same kind, not counted by this. */
  protected another(): Guard {
    return new Guard(this.session)
  }
}
