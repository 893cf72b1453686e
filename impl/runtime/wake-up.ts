/** Lets one fiber sleep until somebody has news for it. News that comes while it is awake is not lost. */
export class WakeUp {
  #isNews = false
  #wake: (() => void) | undefined

  /** There is news. */
  ring(): void {
    this.#isNews = true
    this.#wake?.()
  }

  /** Takes notice of the news so far: only later news ends the next sleep. */
  read(): void {
    this.#isNews = false
  }

  async sleep(): Promise<void> {
    if (!this.#isNews) {
      await new Promise<void>((wake) => {
        this.#wake = wake
      })
    }
    this.#wake = undefined
  }
}
