// Goal: an independent reader of the protocol agrees with this codec. Method: write captures, let tshark dissect them.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CodecError } from "./codec-error.ts"
import { encode } from "./encode.ts"
import { exampleBytes, examples } from "./examples.ts"
import { type Frame, parseFrame } from "./frame.ts"
import { writeFrame } from "./frame-writer.ts"
import { streamIdFrameInfo } from "./framing-extras.ts"
import { isResponse, Magic } from "./magic.ts"
import { messagesByTag } from "./message-arbitraries.test-support.ts"
import { Opcode, PassThroughOpcode } from "./opcodes.ts"
import { type CapturedBytes, maxSegment, writePcap } from "./pcap.ts"
import { type DissectedPacket, dissect, hasTshark } from "./tshark.test-support.ts"

function frameOf(bytes: Uint8Array): Frame {
  const frame = parseFrame(bytes)
  if (frame instanceof CodecError) throw frame
  return frame
}

/** What the dissector should say of a packet. */
function expected(bytes: Uint8Array): DissectedPacket {
  const { magic, opcode, vbucketOrStatus, opaque, extrasLength, keyLength } = frameOf(bytes)
  const response = isResponse(magic)
  return {
    toServer: !response,
    magic,
    opcode,
    vbucket: response ? undefined : vbucketOrStatus,
    status: response ? vbucketOrStatus : undefined,
    opaque,
    extrasLength,
    keyLength,
    bodyLength: bytes.length - 24
  }
}

function captured(bytes: Uint8Array, index: number): CapturedBytes {
  const direction = isResponse(bytes[0]!) ? "toClient" : "toServer"
  return { direction, bytes, clientPort: 40_000, timestampMicros: 1_700_000_000_000_000 + index }
}

/** Three packets of every tag, with and without a stream-id; the datatype is raw lest tshark try to decompress. */
const everyMessage = Object.values(messagesByTag).flatMap((arbitrary) =>
  fc
    .sample(arbitrary, { numRuns: 3, seed: 1 })
    .map((message, i) => encode({ ...message, datatype: 0, frameInfos: i === 0 ? [streamIdFrameInfo(7)] : [] }))
)

const passThrough = Object.values(PassThroughOpcode).map((opcode) =>
  writeFrame({ magic: Magic.ClientRequest, opcode, vbucketOrStatus: 7, opaque: 0x01020304, extras: new Uint8Array(21) })
)

describe.skipIf(!hasTshark())("dcp: codec: tshark", () => {
  it("dcp: codec: tshark reads every opcode, vBucket, opaque, status and length as meant", () => {
    const packets = [...examples.map(exampleBytes), ...everyMessage, ...passThrough]
    const { packets: dissected, badChecksums } = dissect(writePcap(packets.map(captured)))
    expect(dissected).toEqual(packets.map(expected))
    expect(new Set(dissected.map(({ opcode }) => opcode))).toEqual(
      new Set([...Object.values(Opcode), ...Object.values(PassThroughOpcode)])
    )
    expect(badChecksums).toEqual([])
  })

  it("dcp: codec: tshark finds packets that share a segment, and one that spans three", () => {
    const [first, second] = examples.map(exampleBytes) as [Uint8Array, Uint8Array]
    const request = Uint8Array.from(first)
    const long = writeFrame({
      magic: Magic.ClientRequest,
      opcode: Opcode.Mutation,
      extras: new Uint8Array(31),
      key: Uint8Array.of(0x61),
      value: new Uint8Array(2 * maxSegment)
    })
    const capture = [Uint8Array.from(Buffer.concat([request, request])), second, long, request].map(captured)
    const { packets, badChecksums } = dissect(writePcap(capture))
    expect(packets).toEqual([request, request, second, long, request].map(expected))
    expect(badChecksums).toEqual([])
  })
})
