import { afterEach, describe, expect, it } from "vitest"
import { type Message, plainRequest, plainResponse, Status, VBucketState } from "../mcbp/index.ts"
import { KvConsumer, type KvConsumerOptions } from "./kv-consumer.ts"
import { addStream, closeStream, Peer, request } from "./peer.test-support.ts"

const running: KvConsumer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((consumer) => consumer.close()))
})

/** A consumer that negotiates nothing unless told, and its proxy. */
async function start(options: KvConsumerOptions = {}): Promise<{ consumer: KvConsumer; peer: Peer }> {
  const consumer = new KvConsumer({ vbuckets: { 0: {}, 1: {}, 5: {} }, controls: [], ...options })
  running.push(consumer)
  return { consumer, peer: await Peer.open(await consumer.listen(), "consumer") }
}

/** The same with a stream for vBucket 5 that has been requested. */
async function requested(options?: KvConsumerOptions) {
  const started = await start(options)
  started.peer.send(addStream(5))
  const { opaque } = await started.peer.next("StreamRequest")
  return { ...started, opaque }
}

function accepted(opaque: number): Message {
  const failoverLog = [{ vbucketUuid: 7n, seqno: 0n }]
  return { ...plainResponse, _tag: "StreamRequestResponse", opaque, failoverLog, rollbackSeqno: undefined }
}

function answered(opaque: number, status: number, rollbackSeqno?: bigint): Message {
  return { ...plainResponse, _tag: "StreamRequestResponse", opaque, status, failoverLog: [], rollbackSeqno }
}

function ended(opaque: number, vbucket = 5): Message {
  return request("StreamEnd", { vbucket, opaque, reason: 2 })
}

/** Controls that all succeed, so that what they switch is in force. */
async function negotiate(peer: Peer, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { opaque } = await peer.next("Control")
    peer.send({ ...plainResponse, _tag: "ControlResponse", opaque })
  }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

describe("dcp: kv consumer: before and during set-up", () => {
  it("says nothing before the first ADD_STREAM", async () => {
    const { peer } = await start({ controls: [["enable_noop", "true"]] })
    await peer.fence()
    expect(peer.heard.map(({ message }) => message._tag)).toEqual(["NoopResponse"])
  })

  it("offers one CONTROL at a time and holds ADD_STREAMs back until the last is answered", async () => {
    const { peer } = await start({
      controls: [
        ["a", "1"],
        ["b", "2"]
      ]
    })
    peer.send(addStream(0), addStream(1))
    await peer.fence()
    expect(peer.all("Control").map(({ key }) => key)).toEqual(["a"])
    peer.send({ ...plainResponse, _tag: "ControlResponse", opaque: peer.all("Control")[0]!.opaque })
    await peer.fence()
    expect(peer.all("Control").map(({ key }) => key)).toEqual(["a", "b"])
    expect(peer.all("StreamRequest")).toEqual([])
    peer.send({ ...plainResponse, _tag: "ControlResponse", opaque: peer.all("Control")[1]!.opaque })
    await peer.fence()
    expect(peer.all("StreamRequest").map(({ vbucket }) => vbucket)).toEqual([0, 1])
  })

  it("writes its counter little-endian into headers and big-endian into extras (E14, counter 29)", async () => {
    const controls = Array.from({ length: 28 }, (_, i) => [`key${i}`, "1"] as const)
    const { peer } = await start({ controls })
    peer.send(addStream(5))
    await negotiate(peer, 28)
    peer.send(accepted((await peer.next("StreamRequest")).opaque))
    await peer.next("AddStreamResponse")
    const [asked, said] = peer.heard.slice(-2).map(({ bytes }) => hex(bytes))
    expect(asked).toBe(
      `80530000300000050000003b1d0000000000000000000000${"00".repeat(8)}${"00".repeat(8)}${"ff".repeat(8)}` +
        `${"00".repeat(24)}7b22756964223a2230227d`
    )
    expect(said).toBe("815100000400000000000004000000050000000000000000" + "0000001d")
  })

  it.each([
    ["0x02 if the vBucket has a stream on another connection", 5, Status.KeyEexists],
    ["0x07 if the vBucket is missing", 77, Status.NotMyVbucket],
    ["0x07 if the vBucket is active", 1, Status.NotMyVbucket]
  ])("refuses ADD_STREAM at once and without extras: %s", async (_, vbucket, status) => {
    const consumer = new KvConsumer({ vbuckets: { 1: { state: VBucketState.Active }, 5: {} }, controls: [] })
    running.push(consumer)
    const address = await consumer.listen()
    const [first, second] = [await Peer.open(address, "consumer", "one"), await Peer.open(address, "consumer", "two")]
    first.send(addStream(5))
    await first.next("StreamRequest")
    second.send(addStream(vbucket))
    expect(await second.next("AddStreamResponse")).toMatchObject({ opaque: vbucket, status, streamOpaque: undefined })
  })

  it("refuses a queued ADD_STREAM with extras 0", async () => {
    const { peer } = await start({ controls: [["a", "1"]] })
    peer.send(addStream(77))
    await negotiate(peer, 1)
    expect(await peer.next("AddStreamResponse")).toMatchObject({ status: Status.NotMyVbucket, streamOpaque: 0 })
  })
})

describe("dcp: kv consumer: STREAM_REQ responses", () => {
  it("a refusal is passed on with the stream opaque, and the vBucket can be added again", async () => {
    const { peer, opaque } = await requested()
    peer.send(answered(opaque, Status.Etmpfail))
    expect(await peer.next("AddStreamResponse")).toMatchObject({ status: Status.Etmpfail, streamOpaque: 1 })
    peer.send(addStream(5))
    expect((await peer.next("StreamRequest")).opaque).toBe(0x02000000)
  })

  it.each([
    ["an opaque of no stream", (opaque: number) => accepted(opaque ^ 1), "ProtocolViolation"],
    ["a failover log of no entry", emptyLog, "BadBytes"],
    ["a failover log of 15 bytes", (opaque: number) => emptyLog(opaque, 15), "BadBytes"],
    ["a rollback of 4 bytes", (opaque: number) => emptyLog(opaque, 4, Status.Rollback), "BadBytes"]
  ])("breaks the connection over %s", async (_, response, reason) => {
    const { consumer, peer, opaque } = await requested()
    const [connection] = consumer.connections
    peer.send(response(opaque))
    await peer.closed
    expect(connection?.closed?._tag).toBe(reason)
  })

  it("breaks the connection if the stream is gone by then", async () => {
    const { consumer, peer, opaque } = await requested()
    const [connection] = consumer.connections
    consumer.setVBucketState(5, VBucketState.Active)
    peer.send(accepted(opaque))
    await peer.closed
    expect(connection?.closed).toMatchObject({ _tag: "ProtocolViolation", what: expect.stringContaining("gone") })
  })

  it("asks again under the same opaque after a rollback", async () => {
    const { peer, opaque } = await requested()
    peer.send(answered(opaque, Status.Rollback, 0n))
    expect((await peer.next("StreamRequest")).opaque).toBe(opaque)
    peer.send(accepted(opaque))
    expect((await peer.next("AddStreamResponse")).status).toBe(Status.Success)
  })
})

describe("dcp: kv consumer: closes, ends and states", () => {
  it.each([
    ["0x01", [], Status.KeyEnoent],
    ["0x0a under v7 codes", [["v7_dcp_status_codes", "true"]], Status.DcpStreamNotFound]
  ] as const)("answers a close and an end of no stream with %s", async (_, controls, status) => {
    const { peer } = await start({ controls })
    peer.send(addStream(0))
    await negotiate(peer, controls.length)
    peer.send(closeStream(5), ended(9))
    expect((await peer.next("CloseStreamResponse")).status).toBe(status)
    expect((await peer.next("StreamEndResponse")).status).toBe(status)
  })

  it("keeps a closed stream until its end, and takes the end of an earlier stream for no news", async () => {
    const { consumer, peer, opaque } = await requested()
    peer.send(accepted(opaque), closeStream(5), ended(opaque ^ 1))
    await peer.fence()
    expect(consumer.openStreams).toMatchObject([{ vbucket: 5, state: "dead", opaque }])
    peer.send(ended(opaque))
    await peer.fence()
    expect(consumer.openStreams).toEqual([])
    expect(peer.all("StreamEndResponse")).toEqual([])
  })

  it("answers SET_VBUCKET_STATE under the stream's opaque and sets the state", async () => {
    const { consumer, peer, opaque } = await requested()
    peer.send(accepted(opaque), request("SetVBucketState", { vbucket: 5, opaque, state: VBucketState.Pending }))
    expect(await peer.next("SetVBucketStateResponse")).toMatchObject({ opaque, status: Status.Success })
    expect(consumer.vbuckets.get(5)?.state).toBe(VBucketState.Pending)
    peer.send(request("SetVBucketState", { vbucket: 5, opaque: 1, state: VBucketState.Active }))
    expect((await peer.next("SetVBucketStateResponse")).status).toBe(Status.KeyEexists)
    peer.send({ ...plainRequest, _tag: "SetVBucketState", vbucket: 1, opaque, state: VBucketState.Active })
    expect((await peer.next("SetVBucketStateResponse")).status).toBe(Status.KeyEnoent)
  })

  it("acknowledges a marker that asks for it, and data by its bytes once flow control is in force", async () => {
    const { peer, opaque } = await requested({ controls: [] })
    const marker = { version: "V1", startSeqno: 1n, endSeqno: 1n, flags: 8 } as const
    peer.send(accepted(opaque), { ...plainRequest, _tag: "SnapshotMarker", vbucket: 5, opaque, ...marker })
    expect(await peer.next("SnapshotMarkerResponse")).toMatchObject({ opaque, status: Status.Success })
    expect(peer.all("BufferAck")).toEqual([])
    const other = await start({ controls: [["connection_buffer_size", "1000"]] })
    other.peer.send(addStream(5))
    await negotiate(other.peer, 1)
    other.peer.send({ ...plainRequest, _tag: "SnapshotMarker", vbucket: 5, opaque: 1, ...marker })
    expect((await other.peer.next("BufferAck")).ackedBytes).toBe(44)
  })
})

function emptyLog(opaque: number, length = 0, status = 0): Uint8Array {
  const bytes = Buffer.alloc(24 + length)
  bytes.writeUInt16BE(0x8153, 0)
  bytes.writeUInt16BE(status, 6)
  bytes.writeUInt32BE(length, 8)
  bytes.writeUInt32BE(opaque, 12)
  return bytes
}
