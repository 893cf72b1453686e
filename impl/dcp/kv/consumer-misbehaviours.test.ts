import { afterEach, describe, expect, it } from "vitest"
import { type Message, plainResponse, Status, VBucketState } from "../mcbp/index.ts"
import { KvConsumer } from "./kv-consumer.ts"
import { addStream, closeStream, Peer, request } from "./peer.test-support.ts"

const running: KvConsumer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((consumer) => consumer.close()))
})

async function start() {
  const consumer = new KvConsumer({ vbuckets: { 0: {}, 5: {} }, controls: [] })
  running.push(consumer)
  const peer = await Peer.open(await consumer.listen(), "consumer")
  const ask = async (vbucket: number) => {
    peer.send(addStream(vbucket))
    return (await peer.next("StreamRequest")).opaque
  }
  return { consumer, peer, ask }
}

function accepted(opaque: number): Message {
  const failoverLog = [{ vbucketUuid: 7n, seqno: 0n }]
  return { ...plainResponse, _tag: "StreamRequestResponse", opaque, failoverLog, rollbackSeqno: undefined }
}

function rolledBack(opaque: number): Message {
  const { Rollback: status } = Status
  return { ...plainResponse, _tag: "StreamRequestResponse", status, opaque, failoverLog: [], rollbackSeqno: 0n }
}

const ended = (opaque: number) => request("StreamEnd", { vbucket: 5, opaque, reason: 2 })
const bites = ({ transcript }: KvConsumer) =>
  transcript.entries.flatMap((entry) => (entry._tag === "Misbehaved" ? [entry.name] : []))

describe("dcp: kv consumer: ADD_STREAM is never answered although the connection stays up", () => {
  it("(a) dropAddAnswerOnStreamEnd: the answer goes with the stream, also if the end comes in a later chunk", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("dropAddAnswerOnStreamEnd")
    const opaque = await ask(5)
    peer.send(accepted(opaque))
    await peer.fence()
    peer.send(ended(opaque))
    await peer.fence()
    consumer.behave("dropAddAnswerOnStreamEnd")
    await peer.fence()
    expect(peer.all("AddStreamResponse")).toEqual([])
    expect(consumer.openStreams).toEqual([])
    expect(bites(consumer)).toEqual(["dropAddAnswerOnStreamEnd"])
  })

  it("(b) vbucketDeletedSilently: the vBucket is deleted and its stream hangs", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("vbucketDeletedSilently")
    peer.send(accepted(await ask(5)))
    await peer.fence()
    expect(peer.all("AddStreamResponse")).toEqual([])
    expect(consumer.vbuckets.get(5)).toBeUndefined()
  })

  it("(c) closeWhilePendingLosesAnswer: the close is answered, the add is not", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("closeWhilePendingLosesAnswer")
    const opaque = await ask(5)
    peer.send(closeStream(5), accepted(opaque))
    await peer.fence()
    expect(peer.all("CloseStreamResponse")).toMatchObject([{ status: Status.Success }])
    expect(peer.all("AddStreamResponse")).toEqual([])
  })

  it("(d) vbucketStateChangeDropsAnswer: the vBucket becomes active and stream and answer are gone", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("vbucketStateChangeDropsAnswer")
    peer.send(accepted(await ask(5)))
    await peer.fence()
    expect(peer.all("AddStreamResponse")).toEqual([])
    expect(consumer.openStreams).toEqual([])
    expect(consumer.vbuckets.get(5)?.state).toBe(VBucketState.Active)
  })

  it("(e) rollbackAborted: the stream is not asked for again", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("rollbackAborted")
    peer.send(rolledBack(await ask(5)))
    await peer.fence()
    expect(peer.all("StreamRequest").length).toBe(1)
    expect(peer.all("AddStreamResponse")).toEqual([])
  })

  it("with none of them on, the same messages are all answered", async () => {
    const { consumer, peer, ask } = await start()
    const opaque = await ask(5)
    peer.send(accepted(opaque), ended(opaque))
    expect((await peer.next("AddStreamResponse")).status).toBe(Status.Success)
    const closed = await ask(5)
    peer.send(closeStream(5), accepted(closed))
    expect((await peer.next("AddStreamResponse")).status).toBe(Status.KeyEnoent)
    const deleted = await ask(0)
    consumer.deleteVBucket(0)
    peer.send(accepted(deleted))
    expect((await peer.next("AddStreamResponse")).status).toBe(Status.NotMyVbucket)
  })
})

describe("dcp: kv consumer: wrong answers", () => {
  it("answerAddLate: the answer comes after the end of the stream, when it is let go", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("answerAddLate", { vbucket: 5 })
    const opaque = await ask(5)
    peer.send(accepted(opaque), ended(opaque))
    await peer.fence()
    expect(peer.all("AddStreamResponse")).toEqual([])
    consumer.behave("answerAddLate")
    expect((await peer.next("AddStreamResponse")).status).toBe(Status.Success)
  })

  it("answerTwice and wrongOpaque: two answers under an opaque that nobody chose", async () => {
    const { consumer, peer, ask } = await start()
    consumer.misbehave("answerTwice")
    consumer.misbehave("wrongOpaque", { opaque: 99 })
    peer.send(accepted(await ask(5)))
    await peer.fence()
    expect(peer.all("AddStreamResponse").map(({ opaque }) => opaque)).toEqual([99, 99])
  })

  it("refuseAdd: once for one vBucket, then no more", async () => {
    const { consumer, peer } = await start()
    consumer.misbehave("refuseAdd", { status: Status.Enomem, vbucket: 5, times: 1 })
    peer.send(addStream(0), addStream(5), addStream(5))
    await peer.fence()
    expect(peer.all("AddStreamResponse")).toMatchObject([{ opaque: 5, status: Status.Enomem }])
    expect(peer.all("StreamRequest").map(({ vbucket }) => vbucket)).toEqual([0, 5])
  })

  it("neverAnswerClose and closeAnswersNotFound: the stream is closed, the answer is missing or a lie", async () => {
    const { consumer, peer, ask } = await start()
    peer.send(accepted(await ask(5)), accepted(await ask(0)))
    consumer.misbehave("neverAnswerClose", { vbucket: 5 })
    consumer.misbehave("closeAnswersNotFound", { vbucket: 0, status: Status.DcpStreamNotFound })
    peer.send(closeStream(5), closeStream(0))
    await peer.fence()
    expect(peer.all("CloseStreamResponse")).toMatchObject([{ opaque: 0, status: Status.DcpStreamNotFound }])
    expect(consumer.openStreams).toMatchObject([{ vbucket: 5, state: "dead" }])
  })

  it("disconnectOn: the connection closes on the message, which is not answered", async () => {
    const { consumer, peer } = await start()
    const [connection] = consumer.connections
    consumer.misbehave("disconnectOn", { message: "CloseStream", vbucket: 5 })
    peer.send(closeStream(0), closeStream(5))
    await peer.closed
    expect(peer.all("CloseStreamResponse").map(({ opaque }) => opaque)).toEqual([0])
    expect(connection?.closed).toEqual({ _tag: "Misbehaved", name: "disconnectOn" })
  })
})
