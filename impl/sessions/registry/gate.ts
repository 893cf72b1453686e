import { GateClosed } from "./refusals.ts"

/**
 * Counts who is inside, lets nobody in once it is closed, and tells when the last one has left: the portcullis itself.
 *
 * Source: seastar core/gate.hh.
 */
export class Gate {
  #inside = 0
  #closed: { readonly whenEmpty: Promise<void>; readonly empty: () => void } | undefined

  /** How many are inside. */
  get count(): number {
    return this.#inside
  }

  get isClosed(): boolean {
    return this.#closed !== undefined
  }

  /** Goes in. Throws `GateClosed` once the gate is closed. */
  enter(): void {
    if (this.#closed !== undefined) throw new GateClosed()
    this.#inside++
  }

  /** One more for somebody who is inside already, so that a closed gate is no obstacle. */
  hold(): void {
    this.#inside++
  }

  /** Goes out. */
  leave(): void {
    this.#inside--
    if (this.#inside === 0) this.#closed?.empty()
  }

  /** Lets nobody in from now on, and resolves when nobody is inside. It may be called again, and waits for the same. */
  close(): Promise<void> {
    if (this.#closed === undefined) {
      let empty = (): void => {}
      const whenEmpty = new Promise<void>((resolve) => {
        empty = resolve
      })
      this.#closed = { whenEmpty, empty }
      if (this.#inside === 0) empty()
    }
    return this.#closed.whenEmpty
  }
}
