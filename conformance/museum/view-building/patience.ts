/** More than anybody has to say in a story. Whoever says as much goes on for ever, and lets nobody else do anything. */
const mostLabels = 2_500
/** How long a story is waited for that nobody says anything in. */
const mostBreaths = 100

/** Sees to it that a story comes to an end, whatever its cluster does. */
export class Patience {
  readonly #isTooMuch: Promise<string>
  readonly #holdAll: () => void
  #stop = (): void => {}
  #said = 0

  /** `holdAll` keeps the cluster from saying any more. */
  constructor(holdAll: () => void) {
    this.#holdAll = holdAll
    this.#isTooMuch = new Promise((resolve) => {
      this.#stop = () => resolve("it does the same again and again")
    })
  }

  /** Whether somebody goes on for ever, and must not be listened to any more. */
  get isOver(): boolean {
    return this.#said >= mostLabels
  }

  /** The cluster has said something. */
  readonly heard = (): void => {
    this.#said++
    if (!this.isOver) return
    this.#holdAll()
    this.#stop()
  }

  /** Waits for a part of a story. Resolves with why it does not come to its end, if it does not. */
  async waitFor(part: Promise<void>): Promise<string | undefined> {
    let isOver = false
    const end = part
      .then(() => undefined)
      .finally(() => {
        isOver = true
      })
    return Promise.race([end, this.#isTooMuch, this.#silence(() => isOver)])
  }

  async #silence(isOver: () => boolean): Promise<string | undefined> {
    for (let breaths = 0, said = this.#said; breaths < mostBreaths && !isOver(); breaths++) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (said === this.#said) continue
      said = this.#said
      breaths = 0
    }
    return isOver() ? undefined : "the story waits, and nothing happens any more"
  }
}
