import type { SessionId } from "../../../spec/sessions/ids.ts"
import { AbortSource } from "./abort-source.ts"
import { Gate } from "./gate.ts"
import { Guard } from "./guard.ts"

/**
 * What work belongs to while it may have effects: open, then closing, then closed, and never back.
 *
 * Source: service/session.hh session.
 */
export class Session {
  readonly id: SessionId
  readonly gate = new Gate()
  readonly abortSource = new AbortSource()

  constructor(id: SessionId) {
    this.id = id
  }

  get isClosing(): boolean {
    return this.gate.isClosed
  }

  /** Admits work, which is inside until it releases its guard. Throws `GateClosed` once the session is closing. */
  enter(): Guard {
    this.gate.enter()
    return this.guard()
  }

  /** Tells everybody inside to stop, then admits nobody. It may be called again, and then does nothing. */
  startClosing(): void {
    if (this.isClosing) return
    // Whoever is called may still look at its guard, which is valid until the gate is closed.
    this.abortSource.request()
    void this.gate.close()
  }

  /** Starts closing, and resolves when nobody is inside. */
  close(): Promise<void> {
    this.startClosing()
    return this.gate.close()
  }

  /** The guard of somebody whom the gate has counted. */
  protected guard(): Guard {
    return new Guard(this)
  }
}
