import type { Socket as NetSocket } from "node:net"
import { type Socket, SocketClosedError } from "./transport.ts"

/** A TCP connection: no delay, one chunk per activation, and writers held back while the kernel's buffer is full. */
export class TcpSocket implements Socket {
  readonly #socket: NetSocket
  #receive: (chunk: Uint8Array) => void = ignore
  #closed: () => void = ignore
  #open = true
  #failure: Error | undefined
  /** Shared by all writers that wait, so that a thousand small writes leave one listener behind. */
  #drained: Promise<void> | undefined

  /** Takes over a connected socket that nobody reads yet. */
  constructor(socket: NetSocket) {
    this.#socket = socket
    socket.setNoDelay(true)
    // Paused before the listener is attached, because a listener alone would start the flow.
    socket.pause()
    socket.on("data", (chunk) => {
      socket.pause()
      this.#receive(chunk)
    })
    // A peer that closed will take nothing either: without this, bytes it never reads would keep the socket open.
    socket.on("end", () => socket.destroy())
    socket.on("error", (error) => {
      this.#failure = error
    })
    socket.on("close", () => {
      if (!this.#open) return
      this.#open = false
      this.#closed()
    })
  }

  write(bytes: Uint8Array): Promise<void> | void {
    if (!this.#open || !this.#socket.writable) throw new SocketClosedError(this.#failure)
    if (this.#socket.write(bytes)) return
    this.#drained ??= this.#drain()
    return this.#drained
  }

  onData(receive: (chunk: Uint8Array) => void): void {
    this.#receive = receive
  }

  onClose(closed: () => void): void {
    this.#closed = closed
  }

  activateOnce(): void {
    this.#socket.resume()
  }

  close(): void {
    this.#open = false
    this.#socket.destroy()
  }

  #drain(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => () => {
        this.#socket.off("drain", accepted)
        this.#socket.off("close", broken)
        this.#drained = undefined
        outcome()
      }
      const accepted = settle(resolve)
      const broken = settle(() => reject(new SocketClosedError(this.#failure)))
      this.#socket.on("drain", accepted)
      this.#socket.on("close", broken)
    })
  }
}

function ignore(): void {}
