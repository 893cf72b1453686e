// Goal: frames do not depend on how the network cut the stream. Method: arbitrary cuts, byte by byte, and the limits.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { encode } from "./encode.ts"
import { exampleBytes, examples } from "./examples.ts"
import { writeFrame } from "./frame-writer.ts"
import { maxBodyLength } from "./header.ts"
import { Magic } from "./magic.ts"
import { anyMessage } from "./message-arbitraries.test-support.ts"
import { plainRequest } from "./messages.ts"
import { Opcode } from "./opcodes.ts"
import { FrameSplitter } from "./splitter.ts"

const packets = examples.map(exampleBytes)
const stream = Uint8Array.from(Buffer.concat(packets))
const noop = encode({ _tag: "Noop", ...plainRequest })

/** Splits a stream cut at the given places; the frames' bytes and offsets. */
function split(bytes: Uint8Array, cuts: readonly number[]) {
  const splitter = new FrameSplitter()
  const ends = [...cuts, bytes.length]
  const frames = ends.flatMap((end, i) => {
    const { frames, error } = splitter.push(bytes.slice(i === 0 ? 0 : ends[i - 1], end))
    expect(error).toBeUndefined()
    return frames
  })
  expect(splitter.end()).toBeUndefined()
  return { packets: frames.map((frame) => frame.bytes), offsets: frames.map((frame) => frame.offset) }
}

describe("dcp: codec: splitter", () => {
  it("dcp: codec: S18 any split of the stream into chunks gives the same packets at the same offsets", () => {
    const scenario = fc
      .array(anyMessage.map(encode), { maxLength: 8 })
      .chain((sent) =>
        fc.tuple(fc.constant(sent), fc.array(fc.nat({ max: sent.reduce((sum, packet) => sum + packet.length, 0) })))
      )
    fc.assert(
      fc.property(scenario, ([sent, cuts]) => {
        const whole = Uint8Array.from(Buffer.concat(sent))
        const result = split(
          whole,
          cuts.toSorted((a, b) => a - b)
        )
        expect(result.packets).toEqual(sent)
        expect(result).toEqual(split(whole, []))
      })
    )
  })

  it("dcp: codec: S18 a stream that arrives byte by byte gives the same packets", () => {
    expect(split(stream, Array.from(stream.keys())).packets).toEqual(packets)
  })

  it("dcp: codec: each packet is delivered with the chunk that holds its last byte", () => {
    const splitter = new FrameSplitter()
    expect(splitter.push(noop.subarray(0, 23)).frames).toHaveLength(0)
    expect(splitter.buffered).toBe(23)
    expect(splitter.push(noop.subarray(23)).frames).toHaveLength(1)
    expect(splitter.buffered).toBe(0)
  })

  it("dcp: codec: a document of 20 MiB passes in small chunks, one byte more is refused at its header", () => {
    const largest = writeFrame({ magic: 0x80, opcode: 0x58, value: new Uint8Array(maxBodyLength) })
    const cuts = Array.from({ length: Math.ceil(largest.length / 1000) }, (_, i) => i * 1000)
    expect(split(largest, cuts).offsets).toEqual([0])
    const header = largest.slice(0, 24)
    new DataView(header.buffer).setUint32(8, maxBodyLength + 1)
    const splitter = new FrameSplitter()
    expect(splitter.push(header).error?.reason).toBe("FrameTooLong")
    expect(splitter.buffered).toBe(0)
  })

  it("dcp: codec: packets before a broken one are delivered with the fault, and nothing after it", () => {
    const splitter = new FrameSplitter()
    const { frames, error } = splitter.push(Buffer.concat([noop, noop, Buffer.alloc(24, 0x42), noop]))
    expect(frames.map((frame) => frame.offset)).toEqual([0, 24])
    expect(error).toMatchObject({ reason: "UnknownMagic", scope: "connection", offset: 48 })
    expect(splitter.push(noop)).toEqual({ frames: [], error })
    expect(splitter.end()).toBe(error)
  })

  it("dcp: codec: the parts of a packet are cut where the header says, framing extras first", () => {
    const parts = {
      magic: Magic.AltClientRequest,
      opcode: Opcode.Mutation,
      framingExtras: Uint8Array.of(0x22, 0, 7),
      extras: Uint8Array.of(1, 2),
      key: Uint8Array.of(3),
      value: Uint8Array.of(4, 5, 6)
    }
    const [frame] = new FrameSplitter().push(writeFrame(parts)).frames
    const { framingExtras, extras, key, value } = frame!
    expect({ magic: frame!.magic, opcode: frame!.opcode, framingExtras, extras, key, value }).toEqual(parts)
  })
})
