import { createServer, type Server } from "node:net"
import { TcpSocket } from "../tcp-socket.ts"
import type { Socket } from "../transport.ts"
import { type Address, showAddress } from "./address.ts"

/** Takes connections at one address. */
export class Listener {
  readonly #server: Server
  readonly address: Address

  private constructor(server: Server, address: Address) {
    this.#server = server
    this.address = address
  }

  /** Listens; port 0 means any that is free. Rejects, in a sentence, if nobody may listen there. */
  static open(wanted: Address, accept: (socket: Socket) => void): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const server = createServer({ pauseOnConnect: true }, (socket) => accept(new TcpSocket(socket)))
      server.once("error", (error) => reject(new Error(`cannot listen at ${showAddress(wanted)}: ${error.message}`)))
      server.listen(wanted.port, wanted.host, () => {
        const bound = server.address()
        const port = bound !== null && typeof bound === "object" ? bound.port : wanted.port
        resolve(new Listener(server, { host: wanted.host, port }))
      })
    })
  }

  /** Takes no more connections; those that stand are their owners'. */
  close(): void {
    this.#server.close()
  }
}
