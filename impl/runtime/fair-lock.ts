import { Mailbox } from "./mailbox.ts"

/** Gives a lock back. */
export type Release = () => void

interface Waiting {
  readonly kind: "read" | "write"
  readonly admit: (release: Release) => void
}

/**
 * Many readers or one writer, in the order in which they came: who comes behind a writer that waits, waits too.
 *
 * Source: seastar core/rwlock.hh, over a semaphore whose queue is fair.
 */
export class FairLock {
  readonly #waiting = new Mailbox<Waiting>()
  #readers = 0
  #isWriting = false

  read(): Promise<Release> {
    return this.#enter("read")
  }

  write(): Promise<Release> {
    return this.#enter("write")
  }

  #enter(kind: "read" | "write"): Promise<Release> {
    return new Promise((admit) => {
      this.#waiting.put({ kind, admit })
      this.#next()
    })
  }

  #next(): void {
    while (this.#waiting.length > 0 && !this.#isWriting) {
      if (this.#peek() === "write" && this.#readers > 0) return
      this.#admit(this.#waiting.take())
    }
  }

  #peek(): "read" | "write" {
    return this.#waiting.first().kind
  }

  #admit({ kind, admit }: Waiting): void {
    if (kind === "write") this.#isWriting = true
    else this.#readers++
    let isHeld = true
    admit(() => {
      if (!isHeld) return
      isHeld = false
      if (kind === "write") this.#isWriting = false
      else this.#readers--
      this.#next()
    })
  }
}
