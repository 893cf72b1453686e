/** A way not to be called any more. */
export interface Subscription {
  cancel(): void
}

/**
 * Calls those who asked for it, once, when somebody requests an abort.
 *
 * Source: seastar core/abort_source.hh.
 */
export class AbortSource {
  readonly #subscribers = new Set<() => void>()
  #requested = false

  /** Asks to be called. Nothing comes back once an abort was requested: the call will never come. */
  subscribe(call: () => void): Subscription | undefined {
    if (this.#requested) return undefined
    // A function of its own for each subscription, or two with the same callback would be one.
    const subscriber = (): void => call()
    this.#subscribers.add(subscriber)
    return { cancel: () => this.#subscribers.delete(subscriber) }
  }

  /** Calls all subscribers, in the order in which they came. */
  request(): void {
    if (this.#requested) return
    this.#requested = true
    const subscribers = [...this.#subscribers]
    this.#subscribers.clear()
    for (const call of subscribers) call()
  }
}
