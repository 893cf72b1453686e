import { connect, createServer, type Socket as NetSocket } from "node:net"
import { afterEach, describe, expect, test } from "vitest"
import { connectTcp } from "./connect-tcp.ts"
import { MemorySocket } from "./memory-socket.ts"
import { TcpSocket } from "./tcp-socket.ts"
import type { Socket } from "./transport.ts"

const cleanUp: Array<() => void> = []
afterEach(() => {
  for (const close of cleanUp.splice(0)) close()
})

async function tcpPair(): Promise<[Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const accepted = new Promise<NetSocket>((resolve) => server.once("connection", resolve))
  const near = await connectTcp({ host: "127.0.0.1", port: portOf(server) })
  const far = new TcpSocket(await accepted)
  cleanUp.push(
    () => near.close(),
    () => far.close(),
    () => server.close()
  )
  return [near, far]
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as { port: number }).port
}

/** Lets the kernel and the event loop do what they will. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 20))

describe.each([
  ["memory", async (): Promise<[Socket, Socket]> => [...MemorySocket.pair({ capacity: 100_000 })]],
  ["tcp", tcpPair]
])("runtime: %s socket", (_, pair) => {
  test("one activation lets one chunk through", async () => {
    const [near, far] = await pair()
    const chunks: string[] = []
    far.onData((chunk) => chunks.push(Buffer.from(chunk).toString()))
    void near.write(Buffer.from("a"))
    await aWhile()
    expect(chunks).toEqual([])
    far.activateOnce()
    await expect.poll(() => chunks).toEqual(["a"])
    void near.write(Buffer.from("b"))
    await aWhile()
    expect(chunks).toEqual(["a"])
    far.activateOnce()
    await expect.poll(() => chunks).toEqual(["a", "b"])
  })

  test("the close is told once, after every chunk, and to the other end only", async () => {
    const [near, far] = await pair()
    const heard: string[] = []
    far.onData((chunk) => {
      heard.push(Buffer.from(chunk).toString())
      far.activateOnce()
    })
    far.onClose(() => heard.push("closed"))
    near.onClose(() => heard.push("told the wrong end"))
    near.activateOnce()
    far.activateOnce()
    await near.write(Buffer.from("last words"))
    await expect.poll(() => heard).toEqual(["last words"])
    near.close()
    await expect.poll(() => heard).toEqual(["last words", "closed"])
    near.close()
    await aWhile()
    expect(heard).toEqual(["last words", "closed"])
  })

  test("a write to an end that is closed fails", async () => {
    const [near] = await pair()
    near.close()
    expect(() => near.write(Buffer.from("x"))).toThrow(expect.objectContaining({ _tag: "SocketClosedError" }))
  })

  test("a reader that stops holds the writer back, and lets it go on when it reads again", async () => {
    const [near, far] = await pair()
    const chunk = Buffer.alloc(64 * 1024)
    const total = 400
    let written = 0
    const writing = (async () => {
      for (; written < total; written++) await near.write(chunk)
    })()
    await aWhile()
    expect(written).toBeLessThan(total)
    let read = 0
    const done = new Promise<void>((resolve) => {
      far.onData((bytes) => {
        read += bytes.length
        if (read === total * chunk.length) resolve()
        else far.activateOnce()
      })
    })
    far.activateOnce()
    await Promise.all([writing, done])
  })

  test("a writer that is held back is released when the connection ends", async () => {
    const [near, far] = await pair()
    const writing = (async () => {
      for (let i = 0; i < 1000; i++) await near.write(Buffer.alloc(64 * 1024))
    })().catch(() => "failed")
    await aWhile()
    far.close()
    near.onData(() => {})
    near.activateOnce()
    await aWhile()
    near.close()
    expect(["failed", undefined]).toContain(await writing)
  })
})

test("runtime: tcp socket: a connection to nobody is refused", async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  await expect(connectTcp({ host: "127.0.0.1", port })).rejects.toMatchObject({ code: "ECONNREFUSED" })
})

test("runtime: tcp socket: a connection that breaks is told as closed", async () => {
  const server = createServer((socket) => socket.resetAndDestroy())
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  cleanUp.push(() => server.close())
  const socket = new TcpSocket(connect(portOf(server), "127.0.0.1"))
  await new Promise<void>((resolve) => {
    socket.onClose(resolve)
    socket.activateOnce()
  })
})
