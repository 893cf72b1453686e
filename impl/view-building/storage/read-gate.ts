/** Lets readers in until somebody closes it, who waits for those inside to leave. */
export class ReadGate {
  #readers = 0
  #opened: Promise<void> | undefined
  #open = (): void => {}
  #emptied = (): void => {}

  /** Resolves when the reader is inside, with how it leaves. */
  async enter(): Promise<() => void> {
    while (this.#opened !== undefined) await this.#opened
    this.#readers++
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      this.#readers--
      if (this.#readers === 0) this.#emptied()
    }
  }

  /** Lets nobody in from now on. Resolves when nobody is inside. */
  async close(): Promise<void> {
    while (this.#opened !== undefined) await this.#opened
    this.#opened = new Promise((resolve) => {
      this.#open = resolve
    })
    if (this.#readers > 0)
      await new Promise<void>((resolve) => {
        this.#emptied = resolve
      })
    this.#emptied = () => {}
  }

  open(): void {
    this.#opened = undefined
    this.#open()
  }
}
