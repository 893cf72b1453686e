import type { SessionId } from "../../../spec/sessions/ids.ts"
import type { WorkId } from "../../../spec/sessions/messages.ts"
import type { Guard } from "../registry/guard.ts"

/**
 * One piece of work inside a session of a shard, told to the journal when it comes and when it goes.
 *
 * Source: service/topology_guard.hh topology_guard.
 */
export class Admission {
  readonly session: SessionId
  readonly work: WorkId
  readonly #guard: Guard
  readonly #left: () => void
  #inside = true

  /** For one whom a registry has let in. `left` hears of its end. */
  constructor(work: WorkId, guard: Guard, left: () => void) {
    this.session = guard.sessionId
    this.work = work
    this.#guard = guard
    this.#left = left
  }

  /** Throws once the session is closing. The work stays inside until it leaves, for it may have more to clean up. */
  check(): void {
    this.#guard.check()
  }

  /** Asks to be called when the session begins to close. Says whether the call may still come. */
  onAbort(call: () => void): boolean {
    return this.#guard.onAbort(call)
  }

  /** Lets go of the guard. It may be called again, and then does nothing. */
  leave(): void {
    if (!this.#inside) return
    this.#inside = false
    this.#guard.release()
    this.#left()
  }
}
