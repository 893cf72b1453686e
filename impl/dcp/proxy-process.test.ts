import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { MemorySocket } from "../runtime/memory-socket.ts"
import { ConsumerConnection } from "./consumer-connection.ts"
import { packet } from "./packets.test-support.ts"
import { ProducerConnection } from "./producer-connection.ts"
import { ProxyStage } from "./proxy-stage.test-support.ts"

/** Cuts bytes at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % bytes.length), bytes.length].sort((a, b) => a - b)
  return edges.slice(1).map((end, at) => bytes.subarray(edges[at], end))
}

describe("dcp: proxy: chunks", () => {
  test("O1 what the producer connection tells overtakes every packet of the same chunk", async () => {
    const stage = new ProxyStage()
    stage.producer.setPartner({ cast: () => stage.heard.push("cast") }, toKc(stage))
    expect(await stage.fromKp(packet.streamRequestResponse(29), packet.streamEnd(0, 29))).toEqual(["cast", "one write"])
  })

  test("S15 a crash takes along what its chunk was to pass on, and later packets are not looked at", async () => {
    const stage = new ProxyStage()
    await stage.setup("c", 1)
    const heard = await stage.fromKc(packet.noop(1), packet.addResponse(2), packet.addResponse(1))
    expect(heard).toEqual(["kc closed", "cc exits UnrecognizedOpaque opaque=2"])
  })

  test("S14 one chunk becomes one write of the same bytes, less what is swallowed", async () => {
    const stage = new ProxyStage()
    const written: Uint8Array[] = []
    stage.kvProducer.onData((chunk) => written.push(chunk))
    await stage.setup("c", 1)
    const [first, last] = [packet.streamRequest(1, 29), packet.bufferAck(7)]
    await stage.fromKc(first, packet.addResponse(1), last)
    expect(written).toEqual([Buffer.concat([first, last])])
  })

  test("S18 however the bytes are cut, the same packets pass and the same reply is given", async () => {
    const bytes = Buffer.concat([
      packet.streamRequest(1, 29),
      packet.streamRequest(2, 30),
      packet.addResponse(2),
      packet.noop(5),
      packet.addResponse(1, 0x22),
      packet.bufferAck(0)
    ])
    const outcome = async (chunks: readonly Uint8Array[]) => {
      const stage = new ProxyStage()
      const passed: Uint8Array[] = []
      stage.kvProducer.onData((chunk) => {
        passed.push(chunk)
        stage.kvProducer.activateOnce()
      })
      await stage.setup("c", 1, 2)
      for (const chunk of chunks) stage.kvConsumer.write(chunk)
      const heard = await stage.settled()
      return { heard, passed: Buffer.concat(passed).toString("hex"), open: await stage.open() }
    }
    const whole = await outcome([bytes])
    expect(whole.heard).toEqual(["c: Errors (BadResponse status=34 vbucket=1)"])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 40 }), async (places) => {
        expect(await outcome(cut(bytes, places))).toEqual(whole)
      }),
      { numRuns: 200 }
    )
  })
})

describe("dcp: proxy: the end", () => {
  test("garbage ends this connection and no other", async () => {
    const [stage, other] = [new ProxyStage(), new ProxyStage()]
    const heard = await stage.fromKc(packet.noop(1), Buffer.from("GET / HTTP/1.1\r\nHost: kv\r\n\r\n"))
    expect(heard[0]).toBe("kc closed")
    expect(heard[1]).toMatch(/^cc exits BadBytes error=frame at byte 24: magic must be .* was 0x47$/)
    expect(await other.fromKc(packet.noop(1))).toEqual(["kp gets NOOP vb0 op1"])
  })

  test("random bytes end a connection cleanly or wait for more, and never throw out of it", async () => {
    const bytes = fc.array(fc.uint8Array({ minLength: 1, maxLength: 64 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(bytes, async (chunks) => {
        const stage = new ProxyStage()
        await stage.setup("c", 1)
        for (const chunk of chunks) await stage.fromKp(chunk)
        if (stage.producer.isAlive) return
        expect(["BadBytes", "UnexpectedMagic", "BadMatch"]).toContain((await stage.producer.exited)._tag)
      }),
      { numRuns: 300 }
    )
  })

  test.each([0x08, 0x18, 0x82, 0x83])("a packet of magic %i is not spoken here", async (magic) => {
    const stage = new ProxyStage()
    const noop = packet.noop(1)
    noop[0] = magic
    expect(await stage.fromKc(noop)).toEqual(["kc closed", `cc exits UnexpectedMagic magic=${magic}`])
  })

  test("a STREAM_END without its reason ends the connection", async () => {
    const stage = new ProxyStage()
    const short = packet.streamEnd(1, 29).slice(0, 24)
    short[4] = 0
    short[11] = 0
    expect(await stage.fromKp(short)).toEqual(["kp closed", "pc exits BadMatch"])
  })

  test("a socket that the peer closes ends the connection, with a reason that links follow (MB-21511)", async () => {
    const stage = new ProxyStage()
    stage.consumer.link(stage.producer)
    stage.kvProducer.close()
    expect(await stage.settled()).toEqual([
      "pc exits SocketClosed",
      "kc closed",
      "cc exits Linked reason=(SocketClosed)"
    ])
  })

  test("a partner's socket that takes no more ends the connection that writes", async () => {
    const [own, far] = MemorySocket.pair()
    const [partner] = MemorySocket.pair()
    const consumer = new ConsumerConnection({ socket: own })
    consumer.setPartner({ cast: () => {} }, partner)
    partner.close()
    far.write(packet.noop(1))
    expect(await consumer.exited).toMatchObject({ _tag: "WriteFailed" })
  })
})

test("dcp: proxy: memory stays bounded: a reader that stops holds its writer back across the proxy", async () => {
  const capacity = 64 * 1024
  const [producerSocket, kvProducer] = MemorySocket.pair({ capacity })
  const [consumerSocket, kvConsumer] = MemorySocket.pair({ capacity })
  const producer = new ProducerConnection({ socket: producerSocket })
  producer.setPartner({ cast: () => {} }, consumerSocket)
  const chunk = Buffer.concat(Array.from({ length: 16 }, () => packet.mutation(1, 29, "x".repeat(1000))))
  const total = 10_000
  let written = 0
  const writing = (async () => {
    for (; written < total; written++) await kvProducer.write(chunk)
  })()
  await new Promise((resolve) => setImmediate(resolve))
  // One capacity on each side and one chunk in the proxy's hands: nothing grows with what is still to come.
  expect(written * chunk.length).toBeLessThan(2 * capacity + 4 * chunk.length)
  let read = 0
  kvConsumer.onData((bytes) => {
    read += bytes.length
    expect(kvConsumer.waitingBytes + producerSocket.waitingBytes).toBeLessThan(2 * capacity + 4 * chunk.length)
    kvConsumer.activateOnce()
  })
  kvConsumer.activateOnce()
  await writing
  await producer.settled()
  expect(read).toBe(total * chunk.length)
})

/** A socket to the kv consumer that only notes that it was written to. */
function toKc(stage: ProxyStage): MemorySocket {
  const [near, far] = MemorySocket.pair()
  far.onData(() => stage.heard.push("one write"))
  far.activateOnce()
  return near
}
