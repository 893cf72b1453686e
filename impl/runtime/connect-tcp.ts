import { connect } from "node:net"
import { TcpSocket } from "./tcp-socket.ts"
import type { Socket } from "./transport.ts"

/** Connects to a server; rejects if nobody answers there. */
export const connectTcp = (address: { readonly host: string; readonly port: number }): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(address.port, address.host)
    socket.once("error", reject)
    socket.once("connect", () => {
      socket.off("error", reject)
      resolve(new TcpSocket(socket))
    })
  })
