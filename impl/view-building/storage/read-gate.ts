/** Lets readers in until somebody closes it, who waits for those inside to leave. It is open again when all who closed it say so. */
export class ReadGate {
  #readers = 0
  readonly #closedBy = new Set<string>()
  #opened: Promise<void> | undefined
  #open = (): void => {}
  #whenEmpty: Array<() => void> = []

  /** Resolves when the reader is inside, with how it leaves. */
  async enter(): Promise<() => void> {
    while (this.#opened !== undefined) await this.#opened
    this.#readers++
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      this.#readers--
      if (this.#readers === 0) for (const resume of this.#whenEmpty.splice(0)) resume()
    }
  }

  /** Lets nobody in from now on. Resolves when nobody is inside. */
  async close(owner: string): Promise<void> {
    this.#closedBy.add(owner)
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve
    })
    if (this.#readers > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve))
  }

  isClosedBy(owner: string): boolean {
    return this.#closedBy.has(owner)
  }

  open(owner: string): void {
    if (!this.#closedBy.delete(owner) || this.#closedBy.size > 0) return
    this.#opened = undefined
    this.#open()
  }
}
