import { afterEach, describe, expect, test } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type NodeAnswer, type NodeRequest, RequestId } from "../../../spec/sessions/messages.ts"
import { type NodeId, Version } from "../../../spec/sessions/metadata.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { maxFrameBytes } from "../../runtime/wire/frames.ts"
import { Listener } from "../../runtime/wire/listener.ts"
import { framed, header, honest, stranger } from "../../runtime/wire/stranger.test-support.ts"
import { nodeA, nodeB, nodeC, row, tablet } from "../example.test-support.ts"
import { TcpNetwork } from "./tcp-network.ts"

const write = (name: string, value = "x"): NodeRequest => ({
  _tag: "Write",
  request: RequestId.make(name),
  version: Version.make(1),
  tablet,
  row: row("k", 1, value)
})

const ok: NodeAnswer = { _tag: "Ok" }
const broken = { name: "ConnectionBroken" }
const hello = honest({ _tag: "Hello", from: nodeA, to: nodeB })

const cleanUp: Array<() => void> = []
afterEach(() => {
  for (const close of cleanUp.splice(0)) close()
})

/** A and B on the loopback interface, of which B notes what it handles. */
class Stage {
  readonly labels: ClusterLabel[] = []
  readonly warnings: string[] = []
  readonly addresses = new Map<NodeId, Address>()
  readonly handled: string[] = []
  readonly clocks = { a: new LamportClock(), b: new LamportClock() }
  a!: TcpNetwork
  b!: TcpNetwork

  static async begin(): Promise<Stage> {
    const stage = new Stage()
    stage.a = await stage.open(nodeA, stage.clocks.a)
    stage.b = await stage.open(nodeB, stage.clocks.b)
    stage.b.serve(async (from, request) => {
      stage.handled.push(`${from} ${request._tag}`)
      return ok
    })
    return stage
  }

  async open(self: NodeId, clock: LamportClock): Promise<TcpNetwork> {
    const network = await TcpNetwork.open({
      self,
      listen: { host: "127.0.0.1", port: 0 },
      addressOf: (node) => this.addresses.get(node),
      clock,
      journal: (label) => this.labels.push(label),
      log: { warn: (what, details) => this.warnings.push(`${what}: ${String(details.why ?? details.error)}`) }
    })
    this.addresses.set(self, network.address)
    cleanUp.push(() => void network.close())
    return network
  }
}

/** A promise that a test resolves. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}

describe("sessions: network over TCP", () => {
  test("requests are answered, many at a time on one connection, in whatever order they are done", async () => {
    const { a, b } = await Stage.begin()
    const first = gate()
    b.serve(async (_, request) => {
      if (request._tag !== "Write") throw new Error("only writes here")
      if (request.request === "0") await first.passed
      else if (request.request === "99") first.open()
      return { _tag: "Rows", rows: [row(request.request, 1, null)] }
    })
    const names = Array.from({ length: 100 }, (_, n) => `${n}`)
    const answers = await Promise.all(names.map((name) => a.ask(nodeB, write(name))))
    expect(answers).toEqual(names.map((name) => ({ _tag: "Rows", rows: [row(name, 1, null)] })))
  })

  test("a request to oneself does not travel", async () => {
    const { b } = await Stage.begin()
    const request = write("w")
    let same = false
    b.serve(async (_, heard) => {
      same = heard === request
      return ok
    })
    await b.ask(nodeB, request)
    expect(same).toBe(true)
  })

  test("a kill from either end rejects what waits, lets the handler run on, and the next request makes a new connection", async () => {
    for (const killer of ["a", "b"] as const) {
      const stage = await Stage.begin()
      const begun = gate()
      const may = gate()
      const done = gate()
      stage.b.serve(async () => {
        begun.open()
        await may.passed
        done.open()
        return ok
      })
      const asking = stage.a.ask(nodeB, write("w"))
      await begun.passed
      if (killer === "a") stage.a.kill(nodeB)
      else stage.b.kill(nodeA)
      await expect(asking).rejects.toMatchObject(broken)
      may.open()
      await done.passed
      expect(await stage.a.ask(nodeB, write("next"))).toEqual(ok)
      const [from, to] = killer === "a" ? [nodeA, nodeB] : [nodeB, nodeA]
      expect(stage.labels).toEqual([{ _tag: "ConnectionBroke", from, to }])
    }
  })

  test("a ban refuses both directions, breaks what stands, and ends when the node is not named any more", async () => {
    const { a, b, handled } = await Stage.begin()
    await a.ask(nodeB, write("w"))
    b.ban([nodeA])
    // The connection that stood may not have heard of its end yet; the one after it is refused in words.
    await expect(a.ask(nodeB, write("w"))).rejects.toMatchObject(broken)
    await expect(a.ask(nodeB, write("w"))).rejects.toThrow("B has banned A")
    await expect(b.ask(nodeA, write("w"))).rejects.toThrow("B has banned A")
    expect(handled).toEqual(["A Write"])
    b.ban([])
    expect(await a.ask(nodeB, write("w"))).toEqual(ok)
  })

  test("who cannot be reached, is unknown, is somebody else, or takes no requests is told in a sentence", async () => {
    const stage = await Stage.begin()
    const { a, addresses } = stage
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow("nobody has told A where C is")
    addresses.set(nodeC, addresses.get(nodeB)!)
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow("the other end refused: this is B, not C")
    const c = await stage.open(nodeC, new LamportClock())
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow("the other end refused: C takes no requests yet")
    const { port } = c.address
    await c.close()
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow(`A cannot reach C at 127.0.0.1:${port}`)
    await expect(c.ask(nodeA, write("w"))).rejects.toThrow("C has left the network")
  })

  test("a request or an answer that no frame can hold is refused as malformed, and the connection stays", async () => {
    const { a, b, warnings } = await Stage.begin()
    b.serve(async (_, request) => {
      const value = request._tag === "Write" && request.request === "wide" ? "x".repeat(maxFrameBytes) : "x"
      return { _tag: "Rows", rows: [row("k", 1, value)] }
    })
    const malformed = { _tag: "Refused", reason: "Malformed" }
    expect(await a.ask(nodeB, write("w", "x".repeat(maxFrameBytes)))).toEqual(malformed)
    expect(await a.ask(nodeB, write("wide"))).toEqual(malformed)
    expect(await a.ask(nodeB, write("narrow"))).toMatchObject({ _tag: "Rows" })
    expect(warnings).toEqual([
      expect.stringMatching(/^a request was not sent: a frame of \d+ bytes is longer than the 1048576 bytes allowed$/),
      expect.stringMatching(/^an answer was not sent: a frame of \d+ bytes is longer than the 1048576 bytes allowed$/)
    ])
  })

  test("a handler that fails breaks its asker's connection, and no other", async () => {
    const { a, b, warnings } = await Stage.begin()
    b.serve(() => Promise.reject(new Error("a defect")))
    await expect(a.ask(nodeB, write("w"))).rejects.toMatchObject(broken)
    expect(warnings).toEqual(["a handler failed: Error: a defect"])
  })

  test("what a node tells after it heard of something is later by the clocks", async () => {
    const { a, clocks } = await Stage.begin()
    for (let i = 0; i < 5; i++) clocks.a.tick()
    await a.ask(nodeB, write("w"))
    expect(clocks.b.tick()).toBe(6)
    await a.ask(nodeB, write("w"))
    expect(clocks.a.tick()).toBe(7)
  })
})

const rejected = (why: unknown) => [{ _tag: "Rejected", why }]

describe("sessions: network over TCP: strangers", () => {
  test.each([
    ["bytes that are no frame", [Buffer.from("GET / HTTP/1.1\r\n\r\n")], /longer than the 1048576 bytes allowed/],
    ["a frame that is too long", [header(maxFrameBytes + 1)], /a frame of 1048577 bytes is longer/],
    ["a frame that is no JSON", [framed("{")], /is not JSON/],
    ["a frame without a clock", [framed('{"body":{}}')], /logical time/],
    ["a clock at the end of time", [framed('{"clock":9007199254740991,"body":{}}')], /logical time/],
    [
      "a request without a greeting",
      [honest({ _tag: "Asked", id: 1, request: write("w") })],
      /the first frame must be/
    ],
    ["a greeting for somebody else", [honest({ _tag: "Hello", from: "A", to: "C" })], /this is B, not C/],
    [
      "a name as long as a frame",
      [honest({ _tag: "Hello", from: "A", to: "C".repeat(1_000_000) })],
      /this is B, not C{50}/
    ],
    ["a second greeting", [hello, hello], /a request must be/],
    ["a request without a number", [hello, honest({ _tag: "Asked", request: write("w") })], /a request must be/],
    ["a nest of arrays", [hello, framed(`${"[".repeat(500_000)}${"]".repeat(500_000)}`)], /logical time/]
  ])("%s is refused with a reason, and nothing is admitted", async (_, bytes, why) => {
    const { a, b, handled } = await Stage.begin()
    expect((await stranger(b.address, bytes)).bodies).toEqual(rejected(expect.stringMatching(why)))
    expect(handled).toEqual([])
    expect(await a.ask(nodeB, write("w"))).toEqual(ok)
  })

  test("a frame after one that was refused is not looked at", async () => {
    const { b, handled } = await Stage.begin()
    const request = honest({ _tag: "Asked", id: 1, request: write("w") })
    await stranger(b.address, [hello, framed("{"), request])
    await stranger(b.address, [hello, hello, request])
    expect(handled).toEqual([])
  })

  test("a numbered request that means nothing is answered as malformed, and the connection stays", async () => {
    const { b, handled } = await Stage.begin()
    const requests = [
      { _tag: "Explode" },
      { ...write("w"), version: -1 },
      { ...write("w"), row: "no row" },
      null,
      [[[]]],
      write("good")
    ]
    const frames = requests.map((request, n) => honest({ _tag: "Asked", id: n + 1, request }))
    const { bodies } = await stranger(b.address, [hello, ...frames], requests.length)
    const malformed = { _tag: "Refused", reason: "Malformed" }
    const answer = (n: number) => ({ _tag: "Answered", id: n + 1, answer: n === requests.length - 1 ? ok : malformed })
    const byId = [...bodies].sort((one, other) => (one as { id: number }).id - (other as { id: number }).id)
    expect(byId).toEqual(requests.map((_, n) => answer(n)))
    expect(handled).toEqual(["A Write"])
  })

  test("an answer that is none breaks the connection, and the asker hears so", async () => {
    const { a, addresses } = await Stage.begin()
    const liar = await Listener.open({ host: "127.0.0.1", port: 0 }, (socket) => {
      socket.onData(() => void socket.write(honest({ _tag: "Answered", id: 1, answer: "yes" })))
      socket.activateOnce()
    })
    cleanUp.push(() => liar.close())
    addresses.set(nodeC, liar.address)
    await expect(a.ask(nodeC, write("w"))).rejects.toThrow("refused: an answer must be")
  })
})
