import { Mailbox } from "./mailbox.ts"

/** One at a time, in the order in which they came. */
export class Mutex {
  readonly #waiting = new Mailbox<() => void>()
  #taken = false

  get isTaken(): boolean {
    return this.#taken
  }

  /** Takes it now if it is free, and says whether it was. */
  tryTake(): boolean {
    if (this.#taken) return false
    this.#taken = true
    return true
  }

  /** Waits until everybody who came before has given it back. */
  take(): Promise<void> {
    if (this.tryTake()) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.put(resolve))
  }

  /** Gives it to the next who waits, or makes it free. */
  give(): void {
    if (this.#waiting.length > 0) this.#waiting.take()()
    else this.#taken = false
  }
}
