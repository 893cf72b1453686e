// A server that answers whatever comes with a gigabyte without a newline. Its argument is a path or a port to listen at.
import { createServer } from "node:net"

const [at = ""] = process.argv.slice(2)
const piece = Buffer.alloc(1 << 20, "x")

const flood = (socket, left) => {
  if (left > 0) socket.write(piece, () => flood(socket, left - 1))
}

const server = createServer((socket) => {
  socket.on("error", () => undefined)
  socket.once("data", () => flood(socket, 1 << 10))
})
server.listen(at === "0" ? { port: 0, host: "127.0.0.1" } : { path: at }, () => {
  const address = server.address()
  process.stdout.write(`${typeof address === "string" ? address : address.port}\n`)
})
