import fc from "fast-check"
import { expect, test } from "vitest"
import { decode, Frame, FrameSplitter, type Message } from "../../../impl/dcp/mcbp/index.ts"
import type { Packet } from "../../../spec/dcp/messages.ts"
import { FrameReader, readPacket, writePacket, writePackets } from "./frames.ts"

const brand = <A>(fields: unknown): A => fields as A
const packet = (fields: Record<string, unknown>): Packet => brand<Packet>(fields)
const hex = (one: Packet): string => Buffer.from(writePacket(one)).toString("hex")
const bytes = (text: string): Uint8Array => Buffer.from(text.replaceAll(" ", ""), "hex")
const read = (chunk: Uint8Array) => new FrameReader().push(chunk).map(readPacket)

const one: ReadonlyArray<Packet> = [
  packet({ _tag: "AddStream", vbucket: 5, opaque: 5, takeover: true }),
  packet({ _tag: "AddStreamResponse", opaque: 5, status: 0 }),
  packet({ _tag: "AddStreamResponse", opaque: 5, status: 7 }),
  packet({ _tag: "CloseStream", vbucket: 5, opaque: 5 }),
  packet({ _tag: "CloseStreamResponse", opaque: 5, status: 10 }),
  packet({ _tag: "StreamRequest", vbucket: 5, opaque: 0x1d000000 }),
  packet({ _tag: "StreamRequest", vbucket: 5, opaque: 101, takeover: true }),
  packet({ _tag: "StreamRequestResponse", opaque: 101, status: 0 }),
  packet({ _tag: "StreamRequestResponse", opaque: 101, status: 0x23 }),
  packet({ _tag: "StreamRequestResponse", opaque: 101, status: 7 }),
  packet({ _tag: "StreamEnd", vbucket: 5, opaque: 0x1d000000, reason: 2 }),
  packet({ _tag: "SetVBucketState", vbucket: 5, opaque: 101, state: 1 }),
  packet({ _tag: "SetVBucketStateResponse", opaque: 101, status: 0 }),
  packet({ _tag: "SnapshotMarker", vbucket: 5, opaque: 101 }),
  packet({ _tag: "Mutation", vbucket: 5, opaque: 101 }),
  packet({ _tag: "BufferAck", opaque: 101 }),
  packet({ _tag: "Noop", opaque: 0xf0000001 }),
  packet({ _tag: "NoopResponse", opaque: 1, status: 0 }),
  packet({ _tag: "Control", opaque: 1, key: "enable_noop", value: "true" }),
  packet({ _tag: "ControlResponse", opaque: 1, status: 0 })
]

test("dcp: kit: frames: the bytes are those of the dossier's worked examples", () => {
  expect(hex(packet({ _tag: "AddStream", vbucket: 5, opaque: 1, takeover: true }))).toBe(
    "805100000400000500000004000000010000000000000000" + "00000001"
  )
  expect(hex(packet({ _tag: "CloseStream", vbucket: 5, opaque: 0xdeadbeef }))).toBe(
    "805200000000000500000000deadbeef0000000000000000"
  )
  expect(hex(packet({ _tag: "StreamEnd", vbucket: 5, opaque: 0x1d000000, reason: 2 }))).toBe(
    "8055000004000005000000041d0000000000000000000000" + "00000002"
  )
  expect(hex(packet({ _tag: "BufferAck", opaque: 5 }))).toBe(
    "805d00000400000000000004000000050000000000000000" + "00001000"
  )
  expect(hex(packet({ _tag: "Control", opaque: 1, key: "enable_noop", value: "true" }))).toBe(
    "805e000b000000000000000f000000010000000000000000" + "656e61626c655f6e6f6f7074727565"
  )
  expect(hex(packet({ _tag: "StreamRequest", vbucket: 5, opaque: 0x1d000000 }))).toBe(
    "80530000300000050000003b1d0000000000000000000000" +
      "00000000000000000000000000000000ffffffffffffffff000000000000000000000000000000000000000000000000" +
      "7b22756964223a2230227d"
  )
})

test.each(one.map((each) => [hex(each), each] as const))(
  "dcp: kit: frames: %s is read as what was written",
  (_, each) => {
    expect(read(writePacket(each))).toEqual([each])
  }
)

test("dcp: kit: frames: our own codec, written apart from this one, finds the same packets", () => {
  for (const each of one) {
    const [frame] = new FrameSplitter().push(writePacket(each)).frames
    expect(frame).toBeInstanceOf(Frame)
    const message = decode(frame!) as Message
    const { _tag, takeover, ...fields } = { takeover: undefined, ...each }
    expect(message).toMatchObject({ _tag, opaque: fields.opaque })
    if (takeover !== undefined && "flags" in message) expect(message.flags).toBe(takeover ? 1 : 0)
  }
})

test("dcp: kit: frames: however the bytes are cut, the packets are the same", () => {
  const all = writePackets(one)
  fc.assert(
    fc.property(fc.array(fc.nat(all.length)), (cuts) => {
      const ends = [...cuts, all.length].sort((a, b) => a - b)
      const reader = new FrameReader()
      const found = ends.flatMap((end, at) => reader.push(all.subarray(ends[at - 1] ?? 0, end)).map(readPacket))
      expect(found).toEqual(one)
    })
  )
})

test("dcp: kit: frames: what was altered on its way, or is no packet of the protocol, is strange", () => {
  const mutation = writePacket(one[14]!)
  const changed = mutation.slice()
  changed[changed.length - 1] = 0
  expect(read(changed)).toMatchObject([{ _tag: "Strange", what: expect.stringContaining("an altered Mutation, 8057") }])
  const flagged = bytes("80510000 04000005 00000004 00000001 0000000000000000 00000002")
  expect(read(flagged)).toMatchObject([{ what: expect.stringContaining("an altered AddStream") }])
  const hello = bytes("801f0000 00000000 00000000 00000001 0000000000000000")
  expect(read(hello)).toMatchObject([{ what: expect.stringContaining("no packet of the protocol, 801f") }])
})

test("dcp: kit: frames: the cas of a request of its own is the implementation's affair", () => {
  const close = bytes("80520000 00000005 00000000 00000005 0102030405060708")
  expect(read(close)).toEqual([{ _tag: "CloseStream", vbucket: 5, opaque: 5 }])
})
