import { Mutex } from "./mutex.ts"

/** Thrown at whoever wants a mutex that is broken, also at those who wait for it. */
export class Broken extends Error {
  override readonly name = "Broken"
}

/** One at a time, until it is broken: then nobody, ever. Source: seastar core/semaphore.hh basic_semaphore broken. */
export class BreakableMutex {
  readonly #mutex = new Mutex()
  #isBroken = false

  get isTaken(): boolean {
    return this.#mutex.isTaken
  }

  /** Does something with the mutex in hand. Rejects with `Broken`, and with whatever it rejects with. */
  async run<Value>(inside: () => Value | Promise<Value>): Promise<Value> {
    await this.take()
    try {
      return await inside()
    } finally {
      this.#mutex.give()
    }
  }

  /** Takes it, for somebody who holds it over more than one function. */
  async take(): Promise<void> {
    if (this.#isBroken) throw new Broken("the mutex is broken")
    await this.#mutex.take()
    if (!this.#isBroken) return
    this.#mutex.give()
    throw new Broken("the mutex is broken")
  }

  give(): void {
    this.#mutex.give()
  }

  /** Nobody gets it any more. Whoever has it keeps it until he gives it back. */
  break(): void {
    this.#isBroken = true
  }
}
