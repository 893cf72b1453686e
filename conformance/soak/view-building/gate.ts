/** Lets clients on while all nodes are up. Whoever kills one waits for those inside, and lets nobody in until it is back. */
export class Gate {
  #inside = 0
  #opened: Promise<void> | undefined
  #open = (): void => {}
  #whenEmpty: Array<() => void> = []

  async pass<A>(what: () => Promise<A>): Promise<A> {
    while (this.#opened !== undefined) await this.#opened
    this.#inside++
    try {
      return await what()
    } finally {
      this.#inside--
      if (this.#inside === 0) for (const resume of this.#whenEmpty.splice(0)) resume()
    }
  }

  async close(): Promise<void> {
    this.#opened ??= new Promise((resolve) => {
      this.#open = resolve
    })
    if (this.#inside > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve))
  }

  open(): void {
    this.#opened = undefined
    this.#open()
  }
}
