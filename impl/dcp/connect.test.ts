import { afterEach, describe, expect, it } from "vitest"
import { VirtualClock } from "../runtime/clock.ts"
import { connectTcp } from "../runtime/connect-tcp.ts"
import { MemorySocket } from "../runtime/memory-socket.ts"
import { type ConnectOptions, connect, connectionName } from "./connect.ts"
import { ConnectError } from "./connect-error.ts"
import { KvConsumer } from "./kv/kv-consumer.ts"
import { KvProducer } from "./kv/kv-producer.ts"
import { tags } from "./kv/peer.test-support.ts"
import { encode, HelloFeature, Opcode, Status, writeFrame } from "./mcbp/index.ts"

const running: (KvConsumer | KvProducer)[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((endpoint) => endpoint.close()))
})

function run<Endpoint extends KvConsumer | KvProducer>(endpoint: Endpoint): Endpoint {
  running.push(endpoint)
  return endpoint
}

const options: ConnectOptions = {
  side: "consumer",
  name: connectionName("n1", "n2", "default"),
  user: "portcullis",
  password: "secret",
  bucket: "default"
}

/** The error of a connect that must fail. */
async function failure(connecting: Promise<unknown>): Promise<ConnectError> {
  const error = await connecting.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (error instanceof ConnectError) return error
  throw new Error(`expected a ConnectError, got ${String(error)}`)
}

/** Both ends of a connection whose server does nothing but what the test says. */
function scripted(overrides: Partial<ConnectOptions> = {}) {
  const [client, server] = MemorySocket.pair()
  server.onData(() => server.activateOnce())
  server.activateOnce()
  return { connecting: connect(client, { ...options, ...overrides }), server, client }
}

const response = (opcode: number, opaque: number, value = new Uint8Array(0)) =>
  writeFrame({ magic: 0x81, opcode, opaque, value })

/** The responses of a server that agrees to everything. */
const agreeable = [
  response(Opcode.SaslAuth, 1),
  response(Opcode.SelectBucket, 2),
  response(Opcode.Hello, 3, Uint8Array.of(0, 6, 0, 0x0b, 0, 0x12)),
  response(Opcode.Open, 4)
]

/** Sends the responses one after the other, each when its request has had time to come. */
async function agree(server: MemorySocket, last: Uint8Array): Promise<void> {
  for (const bytes of [...agreeable.slice(0, 3), last]) {
    void server.write(bytes)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe("dcp: connect: the connect order", () => {
  it("is SASL_AUTH, SELECT_BUCKET, HELO, DCP_OPEN, with flags 0x124 to a consumer and 0x125 to a producer", async () => {
    const consumer = run(new KvConsumer())
    const producer = run(new KvProducer())
    const { features } = await connect(await connectTcp(await consumer.listen()), { ...options, consumerName: "n2" })
    await connect(await connectTcp(await producer.listen()), { ...options, side: "producer" })
    expect(tags(consumer.transcript, "received")).toEqual(["SaslAuth", "SelectBucket", "Hello", "Open"])
    expect(consumer.transcript.messages("received").at(-1)).toMatchObject({
      flags: 0x124,
      name: "replication:n1->n2:default",
      value: '{"consumer_name":"n2"}',
      datatype: 1
    })
    expect(producer.transcript.messages("received").at(-1)).toMatchObject({ flags: 0x125, value: "", datatype: 0 })
    expect(features).toContain(HelloFeature.Snappy)
  })

  it("names a connection after both nodes and the bucket, numbers all but the first, and stops at 200 bytes", () => {
    expect(connectionName("a", "b", "beer", 3)).toBe("replication:a->b:beer/3")
    expect(Buffer.byteLength(connectionName("a", "b", "x".repeat(183)))).toBe(200)
    expect(() => connectionName("a", "b", "x".repeat(184))).toThrow(RangeError)
  })
})

describe("dcp: connect: refusals", () => {
  it.each([
    ["a wrong password", { password: "guess" }, "auth", Status.AuthError],
    ["a wrong bucket", { bucket: "other" }, "selectBucket", Status.KeyEnoent],
    ["the wrong side", { side: "producer" }, "open", Status.NotSupported]
  ] as const)("%s is Refused with step and status, and the socket is closed", async (_, wrong, step, status) => {
    const consumer = run(new KvConsumer())
    const socket = await connectTcp(await consumer.listen())
    const error = await failure(connect(socket, { ...options, ...wrong }))
    expect(error).toMatchObject({ reason: "Refused", step, status })
    await consumer.transcript.until(({ _tag }) => _tag === "Closed")
  })

  it("a refused feature is FeatureRefused unless it is snappy", async () => {
    const consumer = run(new KvConsumer({ features: [HelloFeature.Xattr, HelloFeature.Json] }))
    const address = await consumer.listen()
    const error = await failure(connect(await connectTcp(address), options))
    expect(error).toMatchObject({ reason: "FeatureRefused", step: "hello" })
    expect(error.message).toBe("hello: feature 0x12 was not accepted")
    const features = [HelloFeature.Xattr, HelloFeature.Snappy]
    const connected = await connect(await connectTcp(address), { ...options, features })
    expect(connected.features).toEqual([HelloFeature.Xattr])
  })
})

describe("dcp: connect: nothing is lost and nothing hangs", () => {
  it("bytes that came with the last response, and after it, reach the next owner in order", async () => {
    const { connecting, server } = scripted()
    const data = encode({
      _tag: "Other",
      magic: 0,
      opcode: 0,
      vbucketOrStatus: 0,
      opaque: 0,
      bytes: Buffer.from("abcdefgh")
    })
    await agree(server, Buffer.concat([agreeable[3]!, data.subarray(0, 3)]))
    const { socket } = await connecting
    void server.write(data.subarray(3, 5))
    void server.write(data.subarray(5))
    server.close()
    const heard: string[] = []
    const closed = new Promise<void>((resolve) => socket.onClose(resolve))
    socket.onData((chunk) => {
      heard.push(Buffer.from(chunk).toString())
      queueMicrotask(() => socket.activateOnce())
    })
    socket.activateOnce()
    await closed
    expect(heard).toEqual(["abc", "de", "fgh"])
  })

  it("responses cut into single bytes are put together", async () => {
    const { connecting, server } = scripted()
    for (const bytes of agreeable) {
      for (const byte of bytes) void server.write(Uint8Array.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await connecting).features).toEqual([0x06, 0x0b, 0x12])
  })

  it.each([
    ["a response to another request", response(Opcode.SaslAuth, 9), "UnexpectedPacket"],
    ["a response of another kind", response(Opcode.Noop, 1), "UnexpectedPacket"],
    ["a request", writeFrame({ magic: 0x80, opcode: Opcode.Noop }), "UnexpectedPacket"],
    ["no message at all", new Uint8Array(24).fill(0x55), "BadBytes"]
  ])("%s fails the step", async (_, bytes, reason) => {
    const { connecting, server } = scripted()
    void server.write(bytes)
    expect(await failure(connecting)).toMatchObject({ reason, step: "auth", status: undefined })
    expect(server.isOpen).toBe(false)
  })

  it("more than was asked for in the middle of the handshake fails the next step", async () => {
    const { connecting, server } = scripted()
    void server.write(Buffer.concat([agreeable[0]!, agreeable[1]!]))
    expect(await failure(connecting)).toMatchObject({ reason: "UnexpectedPacket", step: "selectBucket" })
  })

  it("a close is SocketClosed, and BadBytes with the place of the cut in the middle of a response", async () => {
    const whole = scripted()
    whole.server.close()
    expect(await failure(whole.connecting)).toMatchObject({ reason: "SocketClosed", step: "auth" })
    const half = scripted()
    void half.server.write(agreeable[0]!.subarray(0, 10))
    half.server.close()
    const error = await failure(half.connecting)
    expect(error).toMatchObject({ reason: "BadBytes", cause: { reason: "TruncatedFrame", frameOffset: 0 } })
  })

  it("a server that does not answer is TimedOut on the clock that was given", async () => {
    const clock = new VirtualClock()
    const { connecting } = scripted({ timeout: { milliseconds: 1000, clock } })
    clock.advance(1000)
    expect(await failure(connecting)).toMatchObject({ reason: "TimedOut", step: "auth" })
  })

  it("no timer is left behind", async () => {
    const clock = new VirtualClock()
    const { connecting, server } = scripted({ timeout: { milliseconds: 1000, clock } })
    await agree(server, agreeable[3]!)
    await connecting
    expect(clock.pending).toBe(0)
  })
})
