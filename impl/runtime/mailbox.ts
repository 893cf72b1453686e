/** Below this many taken messages a copy would cost more than the memory it frees. */
const worthCompacting = 1024

/** A first-in, first-out queue whose memory is in proportion to what waits in it, not to what passed through. */
export class Mailbox<Message> {
  #messages: Array<Message | undefined> = []
  #taken = 0

  get length(): number {
    return this.#messages.length - this.#taken
  }

  put(message: Message): void {
    this.#messages.push(message)
  }

  /** The oldest message, which stays; the caller knows from `length` that there is one. */
  first(): Message {
    return this.#messages[this.#taken] as Message
  }

  /** The oldest message; the caller knows from `length` that there is one. */
  take(): Message {
    const message = this.#messages[this.#taken] as Message
    // A message may be a large chunk of bytes, which must not live on in a slot that is behind us.
    this.#messages[this.#taken] = undefined
    this.#taken++
    if (this.#taken === this.#messages.length) this.clear()
    else if (this.#taken >= worthCompacting && this.#taken * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#taken)
      this.#taken = 0
    }
    return message
  }

  clear(): void {
    // A burst leaves a large array behind, which is given back; a small one is used again.
    if (this.#messages.length > worthCompacting) this.#messages = []
    else this.#messages.length = 0
    this.#taken = 0
  }
}
