// Goal: who listens is checked and blamed like any other, by TCP and by a Unix socket. Method: servers that misbehave.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, expect, test } from "vitest"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { type Address, socketDialer } from "../transport/socket-link.ts"
import { checkedRegistry, hasty, patient, summary } from "./altered.test-support.ts"
import { wallClock } from "./clock.ts"
import { type Marks, untilHanging } from "./hanging-clock.test-support.ts"
import { sessionRegistryRole } from "./roles/session-registry.ts"
import { serve, served } from "./serve.ts"

const folder = mkdtempSync(join(tmpdir(), "portcullis-sockets-"))
const servers: Array<Server> = []
const open = new Set<Socket>()
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  for (const socket of open) socket.destroy()
  open.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const registry = served(sessionRegistryRole, registryAdapter())

/** What becomes of a line that should be said in answer to the `count`th request; `hang` tells that nothing more comes. */
type Manner = (socket: Socket, line: string, count: number, hang: () => void) => void

const rightly: Manner = (socket, line) => void socket.write(`${line}\n`)

/** Serves our registry to whoever connects, in a manner. */
const listening = async (
  at: { readonly path: string } | { readonly port: number; readonly host: string },
  manner: Manner,
  hang: () => void
): Promise<Server> => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    let answers = 0
    const hear = serve([registry])((line) => manner(socket, line, ++answers, hang))
    let rest = ""
    socket.on("data", (chunk) => {
      const lines = (rest + chunk.toString("utf8")).split("\n")
      rest = lines.pop() ?? ""
      for (const line of lines) hear(line)
    })
    socket.on("end", () => socket.end())
    socket.on("error", () => undefined)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(at, resolve))
  return server
}

/** Answers hello as it should be, and what comes then in another way. */
const fromSecond =
  (manner: Manner): Manner =>
  (socket, line, count, hang) =>
    (count === 1 ? rightly : manner)(socket, line, count, hang)

const manners: ReadonlyArray<readonly [what: string, manner: Manner]> = [
  ["is right", rightly],
  ["closes when it is greeted", (socket) => void socket.end()],
  ["closes behind its first answer", (socket, line) => void socket.end(`${line}\n`)],
  ["closes when it is first asked", fromSecond((socket) => void socket.end())],
  ["closes in the middle of an answer", fromSecond((socket, line) => void socket.end(line.slice(0, 20)))],
  ["closes before the end of the line", fromSecond((socket, line) => void socket.end(line))],
  [
    "answers byte by byte",
    (socket, line) => {
      for (const byte of Buffer.from(`${line}\n`)) socket.write(Buffer.of(byte))
    }
  ],
  ["ends its lines as another system does", (socket, line) => void socket.write(`${line}\r\n`)],
  ["sends empty lines in between", (socket, line) => void socket.write(`\n${line}\n`)],
  ["greets", (socket, line) => void socket.write(`220 ready\n${line}\n`)],
  ["speaks HTTP", (socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ["speaks TLS", (socket) => void socket.write(Buffer.of(0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0a))],
  ["sends bytes that are no text", fromSecond((socket) => void socket.write(Buffer.of(0xff, 0xfe, 0x0a)))],
  ["answers twice", fromSecond((socket, line) => void socket.write(`${line}\n${line}\n`))],
  ["sends a line that is too long", fromSecond((socket) => void socket.write(`${"x".repeat(2 ** 20 + 1)}\n`))],
  ["says nothing", (_socket, _line, _count, hang) => hang()],
  [
    "says half of its first answer, and waits",
    (socket, line, _count, hang) => {
      socket.write(line.slice(0, 20))
      hang()
    }
  ],
  ["says nothing once it is asked", fromSecond((_socket, _line, _count, hang) => hang())]
]

const checked = async (address: Address, marks: Marks): Promise<string> => {
  const { dialer, clock } = untilHanging(marks, socketDialer(address, "here", 100))
  return summary(await checkedRegistry(dialer, {}, { ...hasty, run: patient.run }, clock))
}

const told: Array<string> = []

for (const way of ["tcp", "unix"] as const)
  test.each(manners)(`kit: sockets: over ${way}, one that %s`, async (what, manner) => {
    let marks = ""
    const clear = (): void => {
      marks = ""
    }
    const path = join(folder, `${way}-${told.length}`)
    const server = await listening(way === "unix" ? { path } : { port: 0, host: "127.0.0.1" }, manner, () => {
      marks = "!"
    })
    const address = way === "unix" ? { path } : { host: "127.0.0.1", port: Object(server.address()).port as number }
    told.push(`over ${way}, one that ${what}\n    ${await checked(address, { read: () => marks, clear })}\n`)
  })

test("kit: sockets: every verdict and message is as it was read and agreed to", async () => {
  await expect(told.join("")).toMatchFileSnapshot("goldens/sockets.txt")
})

const reach = async (address: Address): Promise<string> =>
  summary(await checkedRegistry(socketDialer(address, "here", 100), {}, patient, wallClock))

test("kit: sockets: nobody listening is the adapter's trouble", async () => {
  const server = await listening({ port: 0, host: "127.0.0.1" }, rightly, () => undefined)
  const port = Object(server.address()).port as number
  await new Promise((resolve) => server.close(resolve))
  expect(await reach({ host: "127.0.0.1", port })).toMatch(/^adapter-error: it went away: connect ECONNREFUSED/)
})

test("kit: sockets: a path that is not there is the adapter's trouble", async () => {
  expect(await reach({ path: join(folder, "nobody") })).toMatch(/^adapter-error: it went away: connect ENOENT/)
})

test("kit: sockets: a path to a file is the adapter's trouble", async () => {
  const path = join(folder, "file")
  writeFileSync(path, "")
  expect(await reach({ path })).toMatch(/^adapter-error: it went away: connect E(CONNREFUSED|NOTSOCK)/)
})

test("kit: sockets: a path that is longer than any is the adapter's trouble", async () => {
  expect(await reach({ path: join(folder, "x".repeat(300)) })).toMatch(/^adapter-error: it went away: /)
})

test("kit: sockets: a host that is none is the adapter's trouble", async () => {
  expect(await reach({ host: "nowhere.invalid", port: 7 })).toMatch(/^adapter-error: it went away: getaddrinfo /)
})
