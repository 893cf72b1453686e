import type { Leadership } from "./group0.ts"

/** What a member believes about who leads, and those who want to hear of changes. */
export class Leaderships {
  readonly #listeners = new Set<(now: Leadership) => void>()
  #now: Leadership

  constructor(now: Leadership) {
    this.#now = now
  }

  get now(): Leadership {
    return this.#now
  }

  listen(heard: (now: Leadership) => void): () => void {
    // A listener of its own for each call, so that who listens twice can stop once.
    const listener = (now: Leadership) => heard(now)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  become(next: Leadership): void {
    if (next.term === this.#now.term && next.leader === this.#now.leader) return
    this.#now = next
    for (const listener of [...this.#listeners]) listener(next)
  }
}
