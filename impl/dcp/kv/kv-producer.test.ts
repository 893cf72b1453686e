import { afterEach, describe, expect, it } from "vitest"
import { plainResponse, Status, StreamEndReason, VBucketState } from "../mcbp/index.ts"
import { KvProducer, type KvProducerOptions } from "./kv-producer.ts"
import { closeStream, Peer, request } from "./peer.test-support.ts"

const running: KvProducer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((producer) => producer.close()))
})

async function start(options: KvProducerOptions = {}): Promise<{ producer: KvProducer; peer: Peer }> {
  const producer = new KvProducer({ vbuckets: { 0: {}, 1: { state: VBucketState.Replica } }, ...options })
  running.push(producer)
  return { producer, peer: await Peer.open(await producer.listen(), "producer") }
}

const noEnd = 0xffff_ffff_ffff_ffffn
const startsAtZero = {
  flags: 0,
  reserved: 0,
  startSeqno: 0n,
  endSeqno: noEnd,
  vbucketUuid: 0n,
  snapStartSeqno: 0n,
  snapEndSeqno: 0n,
  value: ""
}

const ask = (opaque: number, fields: Partial<typeof startsAtZero> = {}, vbucket = 0) =>
  request("StreamRequest", { vbucket, opaque, ...startsAtZero, ...fields })

/** Asks for STREAM_ENDs of closed streams. */
async function wantEnds(peer: Peer): Promise<void> {
  peer.send(request("Control", { key: "send_stream_end_on_client_close_stream", value: "true" }))
  await peer.next("ControlResponse")
}

describe("dcp: kv producer: STREAM_REQ", () => {
  it("succeeds with the failover log and can be refused with 0x02 from then on", async () => {
    const { producer, peer } = await start()
    peer.send(ask(9), ask(10))
    const first = await peer.next("StreamRequestResponse")
    expect(first).toMatchObject({
      opaque: 9,
      status: Status.Success,
      failoverLog: [{ vbucketUuid: 0x5eedn, seqno: 0n }]
    })
    expect(await peer.next("StreamRequestResponse")).toMatchObject({ opaque: 10, status: Status.KeyEexists })
    expect(producer.openStreams).toMatchObject([{ vbucket: 0, opaque: 9, isTakeover: false }])
  })

  it.each([
    ["0x07 for a missing vBucket", {}, 7, Status.NotMyVbucket],
    ["0x07 for a vBucket that is not active", {}, 1, Status.NotMyVbucket],
    ["0x22 for a start behind the end", { startSeqno: 2n, endSeqno: 1n, snapEndSeqno: 2n }, 0, Status.Erange],
    ["0x22 for a start outside its snapshot", { startSeqno: 2n, snapEndSeqno: 1n }, 0, Status.Erange],
    ["0x23 for an unknown branch", { startSeqno: 2n, snapEndSeqno: 2n, vbucketUuid: 1n }, 0, Status.Rollback]
  ])("is refused with %s", async (_, fields, vbucket, status) => {
    const { peer } = await start()
    peer.send(ask(9, fields, vbucket))
    expect((await peer.next("StreamRequestResponse")).status).toBe(status)
  })

  it("refuseStream and rollbackTo: a status, then a rollback, then success", async () => {
    const { producer, peer } = await start()
    producer.misbehave("refuseStream", { status: Status.Etmpfail, times: 1 })
    producer.misbehave("rollbackTo", { seqno: 4n })
    peer.send(ask(9), ask(10), ask(10))
    await peer.fence()
    expect(peer.all("StreamRequestResponse").map(({ status }) => status)).toEqual([
      Status.Etmpfail,
      Status.Rollback,
      Status.Success
    ])
    expect(peer.all("StreamRequestResponse")[1]?.rollbackSeqno).toBe(4n)
  })

  it("(f) neverAnswerStreamRequest: no answer while it is on, NOOPs go on, and the answer comes when it is off", async () => {
    const { producer, peer } = await start()
    producer.misbehave("neverAnswerStreamRequest", { vbucket: 0 })
    peer.send(ask(9))
    await peer.fence()
    expect(peer.all("StreamRequestResponse")).toEqual([])
    producer.behave("neverAnswerStreamRequest")
    expect((await peer.next("StreamRequestResponse")).status).toBe(Status.Success)
  })
})

describe("dcp: kv producer: ends and closes", () => {
  it("endStreamRightAfterAccept: response and end are one chunk", async () => {
    const { producer, peer } = await start()
    producer.misbehave("endStreamRightAfterAccept", { reason: StreamEndReason.BackfillFail })
    peer.send(ask(9))
    expect(await peer.next("StreamEnd")).toMatchObject({ opaque: 9, vbucket: 0, reason: StreamEndReason.BackfillFail })
    const [response, end] = peer.heard
    expect(response?.message._tag).toBe("StreamRequestResponse")
    expect(end?.chunk).toBe(response?.chunk)
    expect(producer.openStreams).toEqual([])
  })

  it("endStreamLater: the end waits for another message of the consumer", async () => {
    const { producer, peer } = await start()
    producer.misbehave("endStreamLater", { reason: StreamEndReason.Slow })
    peer.send(ask(9))
    await peer.next("StreamRequestResponse")
    expect(producer.openStreams.length).toBe(1)
    peer.send(request("Noop", {}))
    expect((await peer.next("StreamEnd")).reason).toBe(StreamEndReason.Slow)
  })

  it("a close is answered with 0 and ends the stream only if asked for; a second one is answered with 0x01", async () => {
    const { peer } = await start()
    peer.send(ask(9), closeStream(0), closeStream(0))
    await peer.fence()
    expect(peer.all("CloseStreamResponse").map(({ status }) => status)).toEqual([Status.Success, Status.KeyEnoent])
    expect(peer.all("StreamEnd")).toEqual([])
    await wantEnds(peer)
    peer.send(ask(10), closeStream(0))
    expect(await peer.next("StreamEnd")).toMatchObject({ opaque: 10, reason: StreamEndReason.Closed })
  })

  it("staleEnd: the end of the closed stream comes behind the response for the next one (M36)", async () => {
    const { producer, peer } = await start()
    await wantEnds(peer)
    producer.misbehave("staleEnd")
    peer.send(ask(9), closeStream(0))
    await peer.fence()
    expect(peer.all("StreamEnd")).toEqual([])
    peer.send(ask(10))
    expect(await peer.next("StreamEnd")).toMatchObject({ opaque: 9, reason: StreamEndReason.Closed })
    expect(producer.openStreams).toMatchObject([{ opaque: 10 }])
  })

  it("closeAnswersNotFound and neverAnswerClose: a lie, then nothing", async () => {
    const { producer, peer } = await start()
    producer.misbehave("closeAnswersNotFound", { times: 1 })
    peer.send(ask(9), closeStream(0))
    expect((await peer.next("CloseStreamResponse")).status).toBe(Status.KeyEnoent)
    producer.misbehave("neverAnswerClose")
    peer.send(ask(10), closeStream(0))
    await peer.fence()
    expect(peer.all("CloseStreamResponse").length).toBe(1)
    expect(producer.openStreams).toEqual([])
  })

  it("a stray ADD_STREAM response is left alone, a failure that it cannot bear breaks the connection", async () => {
    const { producer, peer } = await start()
    const [connection] = producer.connections
    peer.send({ ...plainResponse, _tag: "AddStreamResponse", streamOpaque: 1 })
    peer.send({ ...plainResponse, _tag: "StreamEndResponse", status: Status.DcpStreamNotFound })
    await peer.fence()
    peer.send({ ...plainResponse, _tag: "StreamEndResponse", status: Status.Enomem })
    await peer.closed
    expect(connection?.closed?._tag).toBe("ProtocolViolation")
  })
})

describe("dcp: kv producer: takeover", () => {
  it("stallTakeover: pending is asked for, active never", async () => {
    const { producer, peer } = await start()
    producer.misbehave("stallTakeover")
    peer.send(ask(9, { flags: 1 }))
    const { opaque, state } = await peer.next("SetVBucketState")
    expect(state).toBe(VBucketState.Pending)
    peer.send({ ...plainResponse, _tag: "SetVBucketStateResponse", opaque })
    await peer.fence()
    expect(peer.all("SetVBucketState").length).toBe(1)
    expect(producer.vbuckets.get(0)?.state).toBe(VBucketState.Dead)
  })

  it("a stream of the vBucket on another connection ends with StateChanged when the vBucket is taken over", async () => {
    const producer = new KvProducer({ vbuckets: { 0: {} } })
    running.push(producer)
    const address = await producer.listen()
    const [taker, other] = [await Peer.open(address, "producer", "one"), await Peer.open(address, "producer", "two")]
    other.send(ask(8))
    await other.next("StreamRequestResponse")
    taker.send(ask(9, { flags: 1 }))
    const { opaque } = await taker.next("SetVBucketState")
    taker.send({ ...plainResponse, _tag: "SetVBucketStateResponse", opaque })
    expect(await other.next("StreamEnd")).toMatchObject({ opaque: 8, reason: StreamEndReason.StateChanged })
    expect((await taker.next("SetVBucketState")).state).toBe(VBucketState.Active)
    taker.send({ ...plainResponse, _tag: "SetVBucketStateResponse", opaque })
    expect(await taker.next("StreamEnd")).toMatchObject({ opaque: 9, reason: StreamEndReason.Ok })
  })
})
