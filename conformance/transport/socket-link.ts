/** An adapter that listens: the same frames over TCP or a Unix socket. */
import { createConnection, type Socket } from "node:net"
import { goodbyeMs, maxLineBytes } from "../protocol/limits.ts"
import { LineReader } from "./line-reader.ts"
import type { Dialer, Link, LinkEars } from "./link.ts"

/** Where an adapter listens. */
export type Address = { readonly path: string } | { readonly host: string; readonly port: number }

/** The address in a text such as `localhost:7000`, `[::1]:7000` or `unix:/tmp/adapter`; nothing where there is none in it. */
export const addressIn = (text: string): Address | undefined => {
  if (text.startsWith("unix:")) return text.length > 5 ? { path: text.slice(5) } : undefined
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):([0-9]{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  return host === undefined || port < 1 || port > 0xffff ? undefined : { host, port }
}

export const socketDialer = (address: Address, target: string, patienceMs = goodbyeMs): Dialer => {
  const way = "path" in address ? "unix" : "tcp"
  return { way, target, dial: () => new SocketLink(createConnection(address), way, patienceMs) }
}

class SocketLink implements Link {
  readonly way: string
  private readonly socket: Socket
  private readonly patienceMs: number
  private readonly over: Promise<void>
  private ears: LinkEars | undefined

  constructor(socket: Socket, way: string, patienceMs: number) {
    this.socket = socket
    this.way = way
    this.patienceMs = patienceMs
    // A frame is short and waited for.
    socket.setNoDelay(true)
    let failed: Error | undefined
    socket.on("error", (error) => {
      failed = error
    })
    this.over = new Promise((resolve) =>
      socket.on("close", () => {
        this.ears?.ended({ how: failed === undefined ? "the connection was closed" : failed.message, log: [] })
        resolve()
      })
    )
  }

  send(line: string): void {
    if (this.socket.writable) this.socket.write(`${line}\n`)
  }

  listen(ears: LinkEars): void {
    this.ears = ears
    const reader = new LineReader(maxLineBytes, ears)
    this.socket.on("data", (chunk: Uint8Array) => reader.push(chunk))
    this.socket.on("end", () => reader.end())
  }

  log(): ReadonlyArray<string> {
    return []
  }

  /** Says that nothing more comes, and gives the adapter some time to say the same. */
  async close(): Promise<void> {
    this.socket.end()
    const timer = setTimeout(() => this.socket.destroy(), this.patienceMs)
    await this.over
    clearTimeout(timer)
  }
}
