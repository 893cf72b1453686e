import { afterEach, describe, expect, it } from "vitest"
import { VirtualClock } from "../../runtime/clock.ts"
import { AddStreamFlag, Status, StreamEndReason, VBucketState } from "../mcbp/index.ts"
import { KvConsumer, type KvConsumerOptions } from "./kv-consumer.ts"
import { KvProducer, type KvProducerOptions } from "./kv-producer.ts"
import { addStream, closeStream, request, Stage, saw, tags } from "./peer.test-support.ts"

const stages: Stage[] = []
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.close()))
})

async function stage(consumer: KvConsumerOptions = {}, producer: KvProducerOptions = {}): Promise<Stage> {
  const vbuckets = { 0: {}, 1: {}, 5: {} }
  const opened = await Stage.open(new KvConsumer({ vbuckets, ...consumer }), new KvProducer({ vbuckets, ...producer }))
  stages.push(opened)
  return opened
}

async function streaming(vbucket: number, consumer?: KvConsumerOptions, producer?: KvProducerOptions): Promise<Stage> {
  const opened = await stage(consumer, producer)
  opened.tellConsumer(addStream(vbucket))
  await saw(opened.consumer.transcript, "sent", "AddStreamResponse")
  return opened
}

describe("dcp: kv consumer and kv producer through a transparent relay", () => {
  it("set-up: both streams open after the controls, answers name client and stream opaque (flow F1)", async () => {
    const opened = await stage()
    const { consumer, producer } = opened
    opened.tellConsumer(addStream(0), addStream(1))
    const first = await saw(consumer.transcript, "sent", "AddStreamResponse", { opaque: 0 })
    const second = await saw(consumer.transcript, "sent", "AddStreamResponse", { opaque: 1 })
    expect([first.status, second.status]).toEqual([Status.Success, Status.Success])
    // Five controls came first, so the counter stands at 6 and 7.
    expect([first.streamOpaque, second.streamOpaque]).toEqual([6, 7])
    expect(consumer.openStreams.map(({ state }) => state)).toEqual(["reading", "reading"])
    expect(producer.openStreams.map(({ opaque }) => opaque)).toEqual([0x06000000, 0x07000000])
  })

  it("data: changes arrive in order, are acknowledged, and the next stream continues behind them", async () => {
    const opened = await streaming(0)
    const { consumer, producer } = opened
    for (let i = 0; i < 20; i++) producer.put(0, `key${i}`, `value${i}`)
    await saw(consumer.transcript, "received", "Mutation", { bySeqno: 20n })
    await saw(producer.transcript, "received", "BufferAck")
    expect(consumer.vbuckets.get(0)?.items).toEqual(producer.vbuckets.get(0)?.items)
    opened.tellConsumer(closeStream(0))
    opened.tellProducer(closeStream(0))
    await saw(consumer.transcript, "received", "StreamEnd", { reason: StreamEndReason.Closed })
    opened.tellConsumer(addStream(0))
    const again = await saw(producer.transcript, "received", "StreamRequest", { startSeqno: 20n })
    expect(again).toMatchObject({ vbucketUuid: 0x5eedn, snapStartSeqno: 20n, snapEndSeqno: 20n })
  })

  it("flow control: a producer stops when the consumer's buffer is full and goes on when bytes are acknowledged", async () => {
    const controls = [
      ["connection_buffer_size", "200"],
      ["enable_noop", "true"]
    ] as const
    const opened = await streaming(0, { controls, ackAfterBytes: 100_000 })
    const { consumer, producer } = opened
    for (let i = 0; i < 20; i++) producer.put(0, `key${i}`, "x".repeat(100))
    await opened.fence()
    const received = consumer.vbuckets.get(0)!.items.length
    expect(received).toBeGreaterThan(0)
    expect(received).toBeLessThan(4)
    opened.tellProducer(request("BufferAck", { ackedBytes: 100_000 }))
    await saw(consumer.transcript, "received", "Mutation", { bySeqno: BigInt(received + 1) })
  })

  it("close: both sides answer 0 and the producer's STREAM_END(Closed) removes the consumer's dead stream", async () => {
    const opened = await streaming(0)
    opened.tellConsumer(closeStream(0))
    expect((await saw(opened.consumer.transcript, "sent", "CloseStreamResponse")).status).toBe(Status.Success)
    expect(opened.consumer.openStreams).toMatchObject([{ state: "dead" }])
    opened.tellProducer(closeStream(0))
    expect((await saw(opened.producer.transcript, "sent", "CloseStreamResponse")).status).toBe(Status.Success)
    await saw(opened.consumer.transcript, "received", "StreamEnd", { reason: StreamEndReason.Closed })
    expect(opened.consumer.openStreams).toEqual([])
    expect(opened.producer.openStreams).toEqual([])
  })

  it("takeover: pending, then active, each awaited, then STREAM_END(Ok); the producer's vBucket is dead (flow F6)", async () => {
    const opened = await stage(
      {},
      { vbuckets: { 5: { items: [{ seqno: 1n, key: Buffer.from("k"), value: Buffer.from("v") }] } } }
    )
    const { consumer, producer } = opened
    opened.tellConsumer(addStream(5, AddStreamFlag.Takeover))
    await saw(consumer.transcript, "received", "StreamEnd", { reason: StreamEndReason.Ok })
    expect(consumer.vbuckets.get(5)).toMatchObject({ state: VBucketState.Active })
    expect(consumer.vbuckets.get(5)?.items.length).toBe(1)
    expect(producer.vbuckets.get(5)?.state).toBe(VBucketState.Dead)
    const conversation = producer.transcript.entries.flatMap((entry) =>
      entry._tag === "Packet" && /SetVBucket|StreamEnd/.test(entry.message._tag) ? [entry.message._tag] : []
    )
    expect(conversation).toEqual([
      "SetVBucketState",
      "SetVBucketStateResponse",
      "SetVBucketState",
      "SetVBucketStateResponse",
      "StreamEnd"
    ])
  })

  it("stream end: a stream that the producer ends is gone on both sides and no response is sent", async () => {
    const opened = await streaming(0)
    opened.producer.endStream(0, StreamEndReason.BackfillFail)
    await saw(opened.consumer.transcript, "received", "StreamEnd", { reason: StreamEndReason.BackfillFail })
    await opened.fence()
    expect(opened.consumer.openStreams).toEqual([])
    expect(tags(opened.consumer.transcript, "sent")).not.toContain("StreamEndResponse")
  })

  it("stream end: a vBucket that stops being active ends its stream with StateChanged", async () => {
    const opened = await streaming(0)
    opened.producer.setVBucketState(0, VBucketState.Replica)
    await saw(opened.consumer.transcript, "received", "StreamEnd", { reason: StreamEndReason.StateChanged })
    expect(opened.producer.openStreams).toEqual([])
  })

  it("rollback: the consumer first tries an older branch, then goes back, under one opaque, and is answered once", async () => {
    const item = (seqno: bigint) => ({ seqno, key: Buffer.from(`k${seqno}`), value: new Uint8Array(0) })
    const failoverLog = [
      { vbucketUuid: 0xbbn, seqno: 2n },
      { vbucketUuid: 0xaan, seqno: 0n }
    ]
    const opened = await stage(
      { vbuckets: { 0: { failoverLog, items: [item(1n), item(2n), item(3n)] } } },
      {
        vbuckets: {
          0: {
            failoverLog: [
              { vbucketUuid: 0xccn, seqno: 1n },
              { vbucketUuid: 0xaan, seqno: 0n }
            ],
            items: [item(1n)]
          }
        }
      }
    )
    opened.tellConsumer(addStream(0))
    await saw(opened.consumer.transcript, "sent", "AddStreamResponse", { status: Status.Success })
    const asked = opened.producer.transcript.messages("received").filter(({ _tag }) => _tag === "StreamRequest")
    expect(asked).toMatchObject([
      { startSeqno: 3n, vbucketUuid: 0xbbn },
      { startSeqno: 3n, vbucketUuid: 0xaan },
      { startSeqno: 1n, vbucketUuid: 0xbbn },
      { startSeqno: 1n, vbucketUuid: 0xaan }
    ])
    expect(new Set(asked.map(({ opaque }) => opaque)).size).toBe(1)
    expect(opened.consumer.vbuckets.get(0)?.failoverLog[0]?.vbucketUuid).toBe(0xccn)
  })

  it("noop: one goes out per interval of the injected clock and is answered under its opaque", async () => {
    const clock = new VirtualClock()
    const opened = await streaming(0, {}, { clock })
    opened.producer.sendNoopEvery(1000)
    clock.advance(1000)
    await saw(opened.producer.transcript, "received", "NoopResponse", { opaque: 1 })
    clock.advance(2000)
    await saw(opened.producer.transcript, "received", "NoopResponse", { opaque: 3 })
    expect(opened.producer.unansweredNoops).toBe(0)
  })

  it("MB-53445: an end in the chunk of the STREAM_REQ response costs a consumer that takes both at once its answer", async () => {
    const opened = await stage({ requestsPerStep: 20 })
    opened.producer.misbehave("endStreamRightAfterAccept", { reason: StreamEndReason.StateChanged })
    opened.tellConsumer(addStream(0))
    await saw(opened.consumer.transcript, "received", "StreamEnd", { reason: StreamEndReason.StateChanged })
    await opened.fence()
    expect(tags(opened.consumer.transcript, "sent")).not.toContain("AddStreamResponse")
  })

  it("MB-51223: a consumer that steps after each message answers with success and the stream is over", async () => {
    const opened = await stage()
    opened.producer.misbehave("endStreamRightAfterAccept", { reason: StreamEndReason.StateChanged })
    opened.tellConsumer(addStream(0))
    const answer = await saw(opened.consumer.transcript, "sent", "AddStreamResponse")
    await opened.fence()
    expect(answer.status).toBe(Status.Success)
    expect(opened.consumer.openStreams).toEqual([])
  })
})
