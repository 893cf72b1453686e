import { connect } from "node:net"
import { expect, test } from "vitest"
import { VirtualClock } from "../clock.ts"
import { LamportClock } from "../lamport-clock.ts"
import { MemorySocket } from "../memory-socket.ts"
import { type Socket, SocketClosedError } from "../transport.ts"
import { Channel } from "./channel.ts"
import { Listener } from "./listener.ts"
import { framed } from "./stranger.test-support.ts"

const silent = { heard: () => {}, ended: () => {} }

test("runtime: channel: who does not go away after a refusal is cut off when its time to read it is over", async () => {
  const timers = new VirtualClock()
  const channels: Channel[] = []
  const listener = await Listener.open({ host: "127.0.0.1", port: 0 }, (socket) => {
    channels.push(new Channel(socket, { clock: new LamportClock(), timers, ...silent }))
  })
  const socket = connect(listener.address.port, listener.address.host)
  let heard = ""
  socket.on("data", (chunk) => {
    heard += chunk.toString()
  })
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()))
  socket.write(framed("{"))
  await expect.poll(() => heard, { timeout: 20_000 }).toContain("Rejected")
  timers.advance(999)
  expect(socket.destroyed).toBe(false)
  timers.advance(1)
  await closed
  listener.close()
})

test("runtime: channel: a channel that is over takes what is sent into the void, and is told of once", () => {
  const [near, far] = MemorySocket.pair()
  const ends: string[] = []
  const clock = new LamportClock()
  const channel = new Channel(near, { clock, heard: () => {}, ended: (why) => ends.push(why) })
  far.close()
  channel.send({ _tag: "Any" })
  channel.refuse("too late")
  expect(ends).toEqual(["the other end closed the connection"])
})

test("runtime: channel: who does not read its answers is not read any more", async () => {
  const [near, far] = MemorySocket.pair({ capacity: 1000 })
  let asked = 0
  const channel: Channel = new Channel(near, {
    clock: new LamportClock(),
    heard: () => {
      asked++
      channel.send("x".repeat(2000))
    },
    ended: () => {}
  })
  const question = framed('{"clock":0,"body":null}')
  for (let i = 0; i < 100; i++) void far.write(question)
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(1)
  far.onData(() => far.activateOnce())
  far.activateOnce()
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(100)
})

test("runtime: channel: a write that a broken connection cuts short is nobody's error", async () => {
  const broken: Socket = {
    write: () => Promise.reject(new SocketClosedError()),
    onData: () => {},
    onClose: () => {},
    activateOnce: () => {},
    close: () => {}
  }
  new Channel(broken, { clock: new LamportClock(), ...silent }).send({ _tag: "Any" })
  // A rejection that nobody handles fails the run of the tests, as it ends a process.
  await new Promise((resolve) => setImmediate(resolve))
})
