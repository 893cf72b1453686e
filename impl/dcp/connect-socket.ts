import type { Socket } from "../runtime/transport.ts"

/**
 * A socket on which somebody has already read a little more than was theirs.
 *
 * The surplus is the first chunk, all later chunks come straight from the socket, and a close that nobody was told of
 * yet is kept until somebody listens.
 */
export class HandedOverSocket implements Socket {
  readonly #socket: Socket
  #surplus: Uint8Array
  #receive: (chunk: Uint8Array) => void = ignore
  #told: (() => void) | undefined
  #isOver = false

  constructor(socket: Socket, surplus: Uint8Array) {
    this.#socket = socket
    this.#surplus = surplus
    socket.onClose(() => {
      this.#isOver = true
      this.#tell()
    })
  }

  write(bytes: Uint8Array): Promise<void> | void {
    return this.#socket.write(bytes)
  }

  onData(receive: (chunk: Uint8Array) => void): void {
    this.#receive = receive
    this.#socket.onData(receive)
  }

  activateOnce(): void {
    if (this.#surplus.length === 0) {
      this.#socket.activateOnce()
      return
    }
    const surplus = this.#surplus
    this.#surplus = new Uint8Array(0)
    this.#receive(surplus)
    this.#tell()
  }

  onClose(closed: () => void): void {
    this.#told = closed
    this.#tell()
  }

  close(): void {
    this.#told = ignore
    this.#surplus = new Uint8Array(0)
    this.#socket.close()
  }

  /** Tells of the close once, and not before the surplus is delivered. */
  #tell(): void {
    if (!this.#isOver || this.#surplus.length > 0 || this.#told === undefined) return
    const told = this.#told
    this.#told = ignore
    told()
  }
}

function ignore(): void {}
