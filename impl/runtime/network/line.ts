import { ConnectionBroken } from "./network.ts"

/** One connection between two nodes, as long as it stands. */
export class Line {
  readonly #breaks = new Set<(error: ConnectionBroken) => void>()
  #isBroken = false

  get isBroken(): boolean {
    return this.#isBroken
  }

  /** Rejects at once everything that waits for something on this connection. */
  break(why: string): void {
    this.#isBroken = true
    for (const reject of this.#breaks) reject(new ConnectionBroken(why))
    this.#breaks.clear()
  }

  /** What `exchange` comes to, or that the connection broke first; the exchange goes on then, and nobody hears of it. */
  whileItStands<Answer>(exchange: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#breaks.add(reject)
      void exchange()
        .then(resolve, reject)
        .finally(() => this.#breaks.delete(reject))
    })
  }
}
