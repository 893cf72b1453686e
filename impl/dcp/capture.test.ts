// Goal: what a reference run puts on the wire is what we meant. Method: run set-up, data, close and takeover over real
// TCP, write what both kv ends saw as a capture, and let Wireshark's dissector read it.
import { describe, expect, it } from "vitest"
import type { VBucket } from "../../spec/ids.ts"
import { connectTcp } from "../runtime/connect-tcp.ts"
import { connect, connectionName } from "./connect.ts"
import { type Entry, KvConsumer, KvProducer } from "./kv/index.ts"
import type { Message } from "./mcbp/index.ts"
import { Opcode } from "./mcbp/opcodes.ts"
import { type CapturedBytes, writePcap } from "./mcbp/pcap.ts"
import { dissect, hasTshark } from "./mcbp/tshark.test-support.ts"
import { Replicator } from "./replicator.ts"

const vb = (vbucket: number): VBucket => vbucket as VBucket

interface Ran {
  readonly consumer: ReadonlyArray<Entry>
  readonly producer: ReadonlyArray<Entry>
}

const referenceRun = async (): Promise<Ran> => {
  const kvConsumer = new KvConsumer({ vbuckets: { 0: {}, 5: {} } })
  const kvProducer = new KvProducer({ vbuckets: { 0: {}, 5: {} } })
  const account = {
    user: "portcullis",
    password: "secret",
    bucket: "default",
    name: connectionName("n1", "n2", "default")
  }
  const open = async (end: KvConsumer | KvProducer, side: "consumer" | "producer") =>
    (await connect(await connectTcp(await end.listen()), { side, ...account })).socket
  const replicator = new Replicator({
    connect: { consumer: () => open(kvConsumer, "consumer"), producer: () => open(kvProducer, "producer") }
  })
  expect(await replicator.setupReplication([vb(0), vb(5)])).toEqual({ _tag: "Ok" })
  kvProducer.put(5, "hello", "world")
  await kvConsumer.transcript.until((entry) => entry._tag === "Packet" && entry.message._tag === "Mutation")
  expect(await replicator.takeover(vb(5))).toEqual({ _tag: "Ok" })
  expect(await replicator.setupReplication([])).toEqual({ _tag: "Ok" })
  await replicator.shutdown("shutdown")
  const ran = { consumer: kvConsumer.transcript.entries, producer: kvProducer.transcript.entries }
  await Promise.all([kvConsumer.close(), kvProducer.close()])
  return ran
}

const packetsOf = (entries: ReadonlyArray<Entry>) =>
  entries.flatMap((entry) => (entry._tag === "Packet" ? [entry] : []))

/** One end's packets as a capture: what it received came from the proxy, which is the client on both sides. */
const captured = (entries: ReadonlyArray<Entry>, clientPort: number): ReadonlyArray<CapturedBytes> =>
  packetsOf(entries).map(({ direction, bytes }, index) => ({
    direction: direction === "received" ? "toServer" : "toClient",
    bytes,
    clientPort,
    timestampMicros: 1_700_000_000_000_000 + index
  }))

const meant = (message: Message): string => {
  const where = "vbucket" in message ? `vb ${message.vbucket}` : "status" in message ? `status ${message.status}` : "?"
  return `${where} opaque ${message.opaque}`
}

describe.skipIf(!hasTshark())("dcp: wire", () => {
  it("dcp: wire: tshark reads in a reference run the opcodes, vBuckets, opaques and statuses that we meant", async () => {
    const ran = await referenceRun()
    for (const [entries, port] of [
      [ran.consumer, 40_001],
      [ran.producer, 40_002]
    ] as const) {
      const { packets, badChecksums } = dissect(writePcap([...captured(entries, port)]))
      expect(badChecksums).toEqual([])
      const read = packets.map(
        ({ vbucket, status, opaque }) =>
          `${vbucket === undefined ? `status ${status}` : `vb ${vbucket}`} opaque ${opaque}`
      )
      expect(read).toEqual(packetsOf(entries).map(({ message }) => meant(message)))
      const opcodes = new Set(packets.map(({ opcode }) => opcode))
      for (const name of [
        "SaslAuth",
        "SelectBucket",
        "Hello",
        "Open",
        "SetVbucketState",
        "StreamEnd",
        "Mutation"
      ] as const)
        expect([name, opcodes.has(opcodeNamed(name))]).toEqual([name, true])
    }
  })
})

const opcodeNamed = (name: string): number => {
  const found = Object.entries(Opcode).find(([key]) => key.toLowerCase() === name.toLowerCase())
  if (found === undefined) throw new Error(`there is no opcode ${name}`)
  return found[1]
}
