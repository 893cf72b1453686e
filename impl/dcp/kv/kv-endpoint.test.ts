import { afterEach, describe, expect, it } from "vitest"
import { connectTcp } from "../../runtime/connect-tcp.ts"
import { MemorySocket } from "../../runtime/memory-socket.ts"
import { headerLength, type Message, maxBodyLength, plainCredentials, Status, writeFrame } from "../mcbp/index.ts"
import type { CloseReason } from "./close-reason.ts"
import { KvConsumer } from "./kv-consumer.ts"
import { type Address, addStream, Peer, request } from "./peer.test-support.ts"

const running: KvConsumer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((consumer) => consumer.close()))
})

async function start(transcriptLimit?: number): Promise<{ consumer: KvConsumer; address: Address }> {
  const consumer = new KvConsumer({
    vbuckets: { 0: {} },
    controls: [],
    ...(transcriptLimit === undefined ? {} : { transcriptLimit })
  })
  running.push(consumer)
  return { consumer, address: await consumer.listen() }
}

const auth = (password: string) =>
  request("SaslAuth", { mechanism: "PLAIN", payload: plainCredentials("portcullis", password) })
const open = (fields: { flags?: number; name?: string; value?: string }): Message =>
  request("Open", { reserved: 0, flags: 0x124, name: "c", value: "", ...fields })

/** Why the only connection closed, once it has. */
async function reasonOf(consumer: KvConsumer, connection = 0): Promise<CloseReason> {
  const entry = await consumer.transcript.until((one) => one._tag === "Closed" && one.connection === connection)
  if (entry._tag !== "Closed") throw new Error("not closed")
  return entry.reason
}

describe("dcp: kv endpoint: handshake", () => {
  it("refuses each step before the one it needs, and lets the client go on", async () => {
    const { address } = await start()
    const peer = await Peer.raw(address)
    peer.send(addStream(0), request("SelectBucket", { bucket: "default" }), open({}))
    peer.send(auth("wrong"), auth("secret"), open({}), request("SelectBucket", { bucket: "none" }))
    peer.send(request("SelectBucket", { bucket: "default" }), addStream(0), open({}))
    for (let i = 0; i < 3; i++) await peer.next("OpenResponse")
    const statuses = peer.heard.map(({ message }) => [message._tag, "status" in message ? message.status : undefined])
    expect(statuses).toEqual([
      ["AddStreamResponse", Status.Eaccess],
      ["SelectBucketResponse", Status.Eaccess],
      ["OpenResponse", Status.Eaccess],
      ["SaslAuthResponse", Status.AuthError],
      ["SaslAuthResponse", Status.Success],
      ["OpenResponse", Status.NoBucket],
      ["SelectBucketResponse", Status.KeyEnoent],
      ["SelectBucketResponse", Status.Success],
      ["AddStreamResponse", Status.Einval],
      ["OpenResponse", Status.Success]
    ])
  })

  it.each([
    ["unknown flags", { flags: 0x1124 }, Status.Einval],
    ["deleted user xattrs without xattrs", { flags: 0x120 }, Status.Einval],
    ["the other side's flag", { flags: 0x125 }, Status.NotSupported],
    ["a JSON value that is not declared", { value: "{}" }, Status.Einval]
  ])("refuses DCP_OPEN with %s", async (_, fields, status) => {
    const { address } = await start()
    const peer = await Peer.raw(address)
    peer.send(auth("secret"), request("SelectBucket", { bucket: "default" }), open(fields))
    expect((await peer.next("OpenResponse")).status).toBe(status)
  })

  it("accepts of HELO's features those that it has", async () => {
    const { address } = await start()
    const peer = await Peer.raw(address)
    peer.send(request("Hello", { agent: "test", features: [0x06, 0x99, 0x12] }))
    expect((await peer.next("HelloResponse")).features).toEqual([0x06, 0x12])
  })

  it("a DCP_OPEN under a name in use drops the connection that used it, with its streams", async () => {
    const { consumer, address } = await start()
    const old = await Peer.open(address, "consumer", "same")
    const bystander = await Peer.open(address, "consumer", "other")
    old.send(addStream(0))
    await old.next("StreamRequest")
    const fresh = await Peer.open(address, "consumer", "same")
    await old.closed
    expect(await reasonOf(consumer)).toEqual({ _tag: "Evicted", by: 2 })
    fresh.send(addStream(0))
    await fresh.next("StreamRequest")
    await bystander.fence()
    expect(consumer.connections.map(({ id }) => id)).toEqual([1, 2])
  })
})

const turn = () => new Promise((resolve) => setImmediate(resolve))
const noop = request("Noop", {})
const header = (opcode: number, bodyLength: number, extrasLength = 0, magic = 0x80) => {
  const bytes = writeFrame({ magic, opcode, opaque: 1 })
  new DataView(bytes.buffer).setUint32(8, bodyLength)
  bytes[4] = extrasLength
  return bytes
}

describe("dcp: kv endpoint: bad input is named, ends its connection and no other", () => {
  it.each([
    ["a body above 20 MiB", header(0x5c, maxBodyLength + 1), "FrameTooLong", "body length", 8],
    ["a body that is shorter than its parts", header(0x51, 3, 4), "BodyShorterThanParts", "body length", 8],
    ["a magic that nobody knows", header(0x5c, 0, 0, 0x42), "UnknownMagic", "magic", 0],
    [
      "extras of a wrong length",
      writeFrame({ magic: 0x80, opcode: 0x51, extras: new Uint8Array(3) }),
      "WrongExtrasLength",
      "extras length",
      4
    ]
  ])("%s", async (_, bytes, reason, field, offset) => {
    const { consumer, address } = await start()
    const bad = await Peer.open(address, "consumer", "bad")
    const good = await Peer.open(address, "consumer", "good")
    const [connection] = consumer.connections
    // What came before it is answered.
    bad.send(noop, bytes)
    await bad.next("NoopResponse")
    await bad.closed
    const closed = connection?.closed
    if (closed?._tag !== "BadBytes") throw new Error(`closed because of ${closed?._tag}`)
    expect(closed.error).toMatchObject({ reason, field, offsetInFrame: offset })
    // Four packets of handshake and the NOOP precede it in the stream.
    expect(closed.error.frameOffset).toBeGreaterThan(4 * headerLength)
    await good.fence()
    expect(consumer.connections.length).toBe(1)
  })

  it("a connection closed in the middle of a frame", async () => {
    const { consumer, address } = await start()
    const bad = await Peer.open(address, "consumer", "bad")
    const good = await Peer.open(address, "consumer", "good")
    bad.send(header(0x51, 4, 4), Uint8Array.of(0, 0))
    await good.fence()
    bad.close()
    const closed = await reasonOf(consumer)
    if (closed._tag !== "BadBytes") throw new Error(`closed because of ${closed._tag}`)
    expect(closed.error).toMatchObject({ reason: "TruncatedFrame", field: "frame length", expected: "28" })
    await good.fence()
  })

  it("a connection closed between two frames is no error", async () => {
    const { consumer, address } = await start()
    const peer = await Peer.open(address, "consumer")
    peer.close()
    expect(await reasonOf(consumer)).toEqual({ _tag: "PeerClosed" })
  })

  it("what is announced takes no memory before it arrives", async () => {
    const { consumer, address } = await start()
    const peers = await Promise.all(Array.from({ length: 50 }, () => Peer.raw(address)))
    for (const peer of peers) peer.send(noop, header(0x57, maxBodyLength))
    await Promise.all(peers.map((peer) => peer.next("NoopResponse")))
    const buffered = consumer.connections.reduce((sum, connection) => sum + connection.buffered, 0)
    expect(buffered).toBe(50 * headerLength)
  })

  it("a peer that never reads is not read from either while its answers are stuck, and loses none of them", async () => {
    const { consumer } = await start()
    const [client, server] = MemorySocket.pair({ capacity: 1000 })
    const connection = consumer.attach(server)
    const flood = Buffer.concat(Array.from({ length: 40 }, () => writeFrame({ magic: 0x80, opcode: 0x5c })))
    for (let i = 0; i < 10; i++) {
      void client.write(flood)
      await turn()
    }
    expect(connection.heldBack).toBe(true)
    expect(client.waitingBytes).toBeLessThan(3 * flood.length)
    expect(server.waitingBytes).toBeGreaterThan(6 * flood.length)
    let heard = 0
    client.onData((chunk) => {
      heard += chunk.length
    })
    for (let i = 0; i < 20; i++) {
      client.activateOnce()
      await turn()
    }
    expect(heard).toBe(10 * flood.length)
    expect(connection.heldBack).toBe(false)
  })

  it("a transcript forgets its oldest entries beyond its limit", async () => {
    const { consumer, address } = await start(50_000)
    const peer = await Peer.open(address, "consumer")
    for (let i = 0; i < 1000; i++) peer.send(noop)
    await peer.fence()
    expect(consumer.transcript.entries.length).toBeLessThan(250)
    expect(consumer.transcript.forgotten).toBe(consumer.transcript.next - consumer.transcript.entries.length)
    expect(consumer.transcript.entries[0]?.sequence).toBe(consumer.transcript.forgotten)
  })
})

describe("dcp: kv endpoint: spoiled output", () => {
  it.each([
    ["garbage", undefined],
    ["oversizedFrame", "FrameTooLong"],
    ["bodyShorterThanParts", "BodyShorterThanParts"],
    ["wrongExtrasLength", "WrongExtrasLength"],
    ["halfFrameThenClose", "TruncatedFrame"],
    ["alternativeMagic", undefined]
  ] as const)("%s: the message named is spoiled, the one before it is not", async (name, reason) => {
    const { consumer, address } = await start()
    const socket = await connectTcp(address)
    consumer.misbehave(name, { insteadOf: "SaslAuthResponse", times: 1 })
    const received = new Promise<Uint8Array>((resolve) => socket.onData(resolve))
    socket.activateOnce()
    await socket.write(
      Buffer.concat([
        writeFrame({ magic: 0x80, opcode: 0x1f }),
        writeFrame({ magic: 0x80, opcode: 0x21, key: Buffer.from("X") })
      ])
    )
    const bytes = await received
    expect(Buffer.from(bytes.subarray(0, 2)).toString("hex")).toBe("811f")
    const spoiled = consumer.transcript.entries.find(
      (entry) => entry._tag === "Unreadable" && entry.direction === "sent"
    )
    if (reason !== undefined) expect(spoiled).toMatchObject({ fault: { reason } })
    if (name === "halfFrameThenClose") expect(await reasonOf(consumer)).toEqual({ _tag: "Misbehaved", name })
  })
})
