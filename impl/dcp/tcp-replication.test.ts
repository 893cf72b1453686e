import { createHash } from "node:crypto"
import { createServer, type Server } from "node:net"
import { afterEach, expect, test } from "vitest"
import { connectTcp } from "../runtime/connect-tcp.ts"
import { type Frame, FrameSplitter, Opcode } from "./mcbp/index.ts"
import { isRequest, isResponseTo } from "./packet-fields.ts"
import { packet } from "./packets.test-support.ts"
import { vbs } from "./proxy-stage.test-support.ts"
import { Replicator } from "./replicator.ts"

const running: Replicator[] = []
const servers: Server[] = []
afterEach(() => {
  for (const replicator of running.splice(0)) replicator.exit({ _tag: "Killed" })
  for (const server of servers.splice(0)) server.close()
})

/** A kv node that answers each packet with what it is told to. */
async function kvNode(react: (frame: Frame) => Uint8Array[]): Promise<{ port: number; closed: Promise<void> }> {
  let close = () => {}
  const closed = new Promise<void>((resolve) => (close = resolve))
  const server = createServer((socket) => {
    const splitter = new FrameSplitter()
    socket.on("data", (chunk) => {
      const answers = splitter.push(chunk).frames.flatMap((frame) => react(frame))
      if (answers.length > 0) socket.write(Buffer.concat(answers))
    })
    socket.on("error", () => {})
    socket.on("close", close)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { port: (server.address() as { port: number }).port, closed }
}

/** A kv consumer that asks the producer for every stream added, and adds it when the producer agrees. */
function consumerNode(onMutation: (frame: Frame) => void = () => {}) {
  return kvNode((frame) => {
    if (isRequest(frame, Opcode.AddStream)) return [packet.streamRequest(frame.vbucketOrStatus, 0x1000 + frame.opaque)]
    if (isResponseTo(frame, Opcode.StreamRequest)) return [packet.addResponse(frame.opaque - 0x1000)]
    if (isRequest(frame, Opcode.CloseStream)) return [packet.closeResponse(frame.opaque)]
    if (isRequest(frame, Opcode.Mutation)) onMutation(frame)
    return []
  })
}

function replicate(consumer: { port: number }, producer: { port: number }): Replicator {
  const to = ({ port }: { port: number }) => connectTcp({ host: "127.0.0.1", port })
  const replicator = new Replicator({ connect: { consumer: () => to(consumer), producer: () => to(producer) } })
  running.push(replicator)
  return replicator
}

test("dcp: over TCP: streams are set up, megabytes pass unchanged, and a shutdown closes both connections", async () => {
  const mutations = Array.from({ length: 3000 }, (_, i) => packet.mutation(0, 0x1000, "x".repeat(i)))
  const hash = createHash("sha256")
  let missing = mutations.length
  let allReceived = () => {}
  const everything = new Promise<void>((resolve) => (allReceived = resolve))
  const consumer = await consumerNode((mutation) => {
    hash.update(mutation.bytes)
    if (--missing === 0) allReceived()
  })
  const producer = await kvNode((frame) => {
    if (isRequest(frame, Opcode.CloseStream)) return [packet.closeResponse(frame.opaque)]
    if (!isRequest(frame, Opcode.StreamRequest)) return []
    return [packet.streamRequestResponse(frame.opaque), ...(frame.opaque === 0x1000 ? mutations : [])]
  })
  const replicator = replicate(consumer, producer)
  expect(await replicator.setupReplication(vbs(0, 1, 2, 3))).toEqual({ _tag: "Ok" })
  expect(await replicator.setupReplication(vbs(0, 1))).toEqual({ _tag: "Ok" })
  expect(await replicator.getPartitions()).toEqual({ _tag: "Partitions", vbuckets: [0, 1] })
  await everything
  expect(hash.digest("hex")).toBe(createHash("sha256").update(Buffer.concat(mutations)).digest("hex"))
  expect(await replicator.shutdown("shutdown")).toEqual({ _tag: "Shutdown" })
  await Promise.all([consumer.closed, producer.closed])
})

test("dcp: over TCP: F3 a stream that ends in the segment that opens it fails the call and closes both connections", async () => {
  const consumer = await consumerNode()
  const producer = await kvNode((frame) =>
    isRequest(frame, Opcode.StreamRequest)
      ? [packet.streamRequestResponse(frame.opaque), packet.streamEnd(frame.vbucketOrStatus, frame.opaque)]
      : []
  )
  const replicator = replicate(consumer, producer)
  await expect(replicator.setupReplication(vbs(5))).rejects.toMatchObject({ _tag: "ProcessExit" })
  await Promise.all([consumer.closed, producer.closed])
})

test("dcp: over TCP: garbage from one node ends its replicator and leaves another alone", async () => {
  const consumer = await consumerNode()
  const noisy = await kvNode(() => [Buffer.from("?".repeat(100))])
  const producer = await kvNode((frame) =>
    isRequest(frame, Opcode.StreamRequest) ? [packet.streamRequestResponse(frame.opaque)] : []
  )
  const [bad, good] = [replicate(consumer, noisy), replicate(consumer, producer)]
  await expect(bad.setupReplication(vbs(1))).rejects.toMatchObject({ reason: { _tag: "ChildInterrupted" } })
  await noisy.closed
  expect(await good.setupReplication(vbs(1))).toEqual({ _tag: "Ok" })
})
