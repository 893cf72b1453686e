// Goal: law S18, the codec loses and invents nothing. Method: worked examples, then round trips of arbitrary messages.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CodecError } from "./codec-error.ts"
import { decode } from "./decode.ts"
import { encode } from "./encode.ts"
import { exampleBytes, examples, nsServerHandshake } from "./examples.ts"
import { type Frame, parseFrame } from "./frame.ts"
import { writeFrame } from "./frame-writer.ts"
import { Magic } from "./magic.ts"
import { anyMessage, messagesByTag } from "./message-arbitraries.test-support.ts"
import { type Message, plainRequest, plainResponse } from "./messages.ts"
import { Opcode, PassThroughOpcode } from "./opcodes.ts"
import { littleEndianHostOpaque } from "./stream-opaque.ts"

function frameOf(bytes: Uint8Array): Frame {
  const frame = parseFrame(bytes)
  if (frame instanceof CodecError) throw frame
  return frame
}

function roundTrip(message: Message): Message | CodecError {
  return decode(frameOf(encode(message)))
}

describe("dcp: codec: examples", () => {
  it.each(examples)("dcp: codec: $id $title decodes to its message and encodes to its bytes", (example) => {
    expect(decode(frameOf(exampleBytes(example)))).toEqual(example.message)
    expect(encode(example.message)).toEqual(exampleBytes(example))
  })

  it("dcp: codec: E14 the header opaque and the extras name the same stream on a little-endian host", () => {
    const [request, response, end] = ["E14b", "E14c", "E14d"].map((id) => examples.find((e) => e.id === id)!.message)
    expect(response).toMatchObject({ streamOpaque: 0x1d })
    expect(request).toMatchObject({ opaque: littleEndianHostOpaque(0x1d) })
    expect(end).toMatchObject({ opaque: littleEndianHostOpaque(0x1d) })
  })

  it("dcp: codec: the handshake of ns_server survives the round trip", () => {
    for (const message of nsServerHandshake) expect(roundTrip(message)).toEqual(message)
  })
})

describe("dcp: codec: round trips", () => {
  it.each(Object.entries(messagesByTag))("dcp: codec: S18 decode(encode(m)) = m for every %s", (_tag, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (message) => {
        expect(roundTrip(message)).toEqual(message)
      })
    )
  })

  it("dcp: codec: S18 encode(decode(b)) = b for canonical b", () => {
    const canonical = anyMessage.map(encode)
    fc.assert(
      fc.property(canonical, (bytes) => {
        expect(encode(decode(frameOf(bytes)) as Message)).toEqual(bytes)
      })
    )
  })

  it("dcp: codec: S18 a frame is 24 bytes and its body", () => {
    fc.assert(
      fc.property(anyMessage.map(encode), (bytes) => {
        const bodyLength = new DataView(bytes.buffer).getUint32(8)
        expect(bytes.length).toBe(24 + bodyLength)
      })
    )
  })

  it("dcp: codec: littleEndianHostOpaque is its own inverse", () => {
    const u32 = fc.integer({ min: 0, max: 0xffffffff })
    fc.assert(fc.property(u32, (opaque) => littleEndianHostOpaque(littleEndianHostOpaque(opaque)) === opaque))
  })
})

describe("dcp: codec: packets without a message of their own", () => {
  const body = {
    vbucketOrStatus: 5,
    opaque: 9,
    extras: new Uint8Array(7),
    key: new Uint8Array(3),
    value: new Uint8Array(2)
  }

  it.each(Object.entries(PassThroughOpcode))("dcp: codec: %s passes through byte for byte", (_name, opcode) => {
    const bytes = writeFrame({ magic: Magic.ClientRequest, opcode, ...body })
    const message = decode(frameOf(bytes)) as Message
    expect(message).toMatchObject({ _tag: "Other", opcode, vbucketOrStatus: 5, opaque: 9 })
    expect(encode(message)).toEqual(bytes)
  })

  it.each([
    ["request", Magic.ServerRequest],
    ["response", Magic.ServerResponse]
  ])("dcp: codec: a server %s passes through although a client's opcode has its number", (_name, magic) => {
    const bytes = writeFrame({ magic, opcode: Opcode.Noop, ...body })
    expect(decode(frameOf(bytes))).toMatchObject({ _tag: "Other", magic })
  })

  it("dcp: codec: an unread packet keeps framing extras that no message could hold", () => {
    const framingExtras = Uint8Array.of(0xff)
    const bytes = writeFrame({ magic: Magic.AltClientRequest, opcode: PassThroughOpcode.Deletion, framingExtras })
    expect(encode(decode(frameOf(bytes)) as Message)).toEqual(bytes)
  })
})

describe("dcp: codec: messages that fit no packet are the caller's mistake", () => {
  const request = plainRequest
  const log = [{ vbucketUuid: 1n, seqno: 1n }]
  const answer = {
    _tag: "StreamRequestResponse",
    ...plainResponse,
    failoverLog: log,
    rollbackSeqno: undefined
  } as const
  const value = Uint8Array.of(1)

  it.each<[string, Message]>([
    ["vBucket must be an integer from 0 to 65535, was 65536", { _tag: "Noop", ...request, vbucket: 65536 }],
    ["opaque must be an integer from 0 to 4294967295, was -1", { _tag: "Noop", ...request, opaque: -1 }],
    ["flags must be an integer from 0 to 4294967295, was 0.5", { _tag: "AddStream", ...request, flags: 0.5 }],
    ["cas must be an integer from 0 to 18446744073709551615, was -1", { _tag: "Noop", ...request, cas: -1n }],
    ["state must be an integer from 0 to 255, was 256", { _tag: "SetVBucketState", ...request, state: 256 }],
    ["key must be 1 to 65535 bytes, was 0", { _tag: "Control", ...request, key: "", value: "1" }],
    [
      "name must be 1 to 200 bytes, was 201",
      { _tag: "Open", ...request, reserved: 0, flags: 0, name: "n".repeat(201), value: "" }
    ],
    ["bucket must not contain a lone surrogate", { _tag: "SelectBucket", ...request, bucket: "\ud800" }],
    [
      "framing extras must be at most 255 bytes, were 256",
      { _tag: "Noop", ...request, frameInfos: [{ id: 1, data: new Uint8Array(254) }] }
    ],
    ["frame info id must be 0 to 270, was 271", { _tag: "Noop", ...request, frameInfos: [{ id: 271, data: value }] }],
    ["response with status Success cannot carry an error body", { _tag: "NoopResponse", ...plainResponse, value }],
    ["response with status Success needs a failover log", { ...answer, failoverLog: [] }],
    ["response with status Enomem cannot carry a failover log", { ...answer, status: 0x82 }],
    ["response with status Success cannot carry a rollback seqno", { ...answer, rollbackSeqno: 1n }],
    ["response with status Rollback needs a rollback seqno", { ...answer, status: 0x23, failoverLog: [] }],
    [
      "response with status Enomem cannot carry features",
      { _tag: "HelloResponse", ...plainResponse, status: 0x82, features: [1] }
    ]
  ])("dcp: codec: encode refuses: %s", (complaint, message) => {
    expect(() => encode(message)).toThrow(new RangeError(complaint))
  })
})
