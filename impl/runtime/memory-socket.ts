import { type Socket, SocketClosedError } from "./transport.ts"

/** Bounds of a pair of memory sockets. */
export interface MemorySocketOptions {
  /** Bytes that may wait at one end before a writer is held back; unbounded unless told. */
  readonly capacity?: number
}

/** One end of an in-process connection. A chunk written is a chunk received: nothing is cut or joined. */
export class MemorySocket implements Socket {
  readonly #capacity: number
  #peer: MemorySocket | undefined
  #receive: (chunk: Uint8Array) => void = ignore
  #closed: () => void = ignore
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #heldBack: Array<() => void> = []
  #active = false
  #open = true
  #peerOpen = true

  private constructor(options: MemorySocketOptions) {
    this.#capacity = options.capacity ?? Number.POSITIVE_INFINITY
  }

  /** Two ends, each the peer of the other. */
  static pair(options: MemorySocketOptions = {}): readonly [MemorySocket, MemorySocket] {
    const left = new MemorySocket(options)
    const right = new MemorySocket(options)
    left.#peer = right
    right.#peer = left
    return [left, right]
  }

  /** Whether neither end was closed. */
  get isOpen(): boolean {
    return this.#open && this.#peerOpen
  }

  /** Bytes that arrived at this end and were not received yet. */
  get waitingBytes(): number {
    return this.#waitingBytes
  }

  write(bytes: Uint8Array): Promise<void> | void {
    if (!this.#open) throw new SocketClosedError()
    // As a kernel does, take bytes that can no longer arrive: the news of the close is already on its way.
    if (!this.#peerOpen) return
    return this.#peer!.#arrive(bytes)
  }

  onData(receive: (chunk: Uint8Array) => void): void {
    this.#receive = receive
  }

  onClose(closed: () => void): void {
    this.#closed = closed
  }

  activateOnce(): void {
    this.#active = true
    this.#deliver()
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.#waiting = []
    this.#waitingBytes = 0
    this.#release()
    this.#peer!.#peerClosed()
  }

  #arrive(bytes: Uint8Array): Promise<void> | void {
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    this.#deliver()
    if (this.#waitingBytes <= this.#capacity) return
    return new Promise((resolve) => this.#heldBack.push(resolve))
  }

  #peerClosed(): void {
    this.#peerOpen = false
    this.#release()
    this.#deliver()
  }

  #deliver(): void {
    if (!this.#active || !this.#open) return
    const chunk = this.#waiting.shift()
    if (chunk !== undefined) {
      this.#active = false
      this.#waitingBytes -= chunk.length
      if (this.#waitingBytes <= this.#capacity) this.#release()
      this.#receive(chunk)
    } else if (!this.#peerOpen) {
      this.#active = false
      const closed = this.#closed
      this.#closed = ignore
      closed()
    }
  }

  /** Lets the writers go on that were held back by this end, also when it will never receive their bytes. */
  #release(): void {
    const heldBack = this.#heldBack
    this.#heldBack = []
    for (const resume of heldBack) resume()
  }
}

function ignore(): void {}
