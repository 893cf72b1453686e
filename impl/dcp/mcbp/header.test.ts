// Goal: M42, each decisive reading matters. Method: override one reading at a time and watch S18 fail.
import { describe, expect, it } from "vitest"
import { readUint16 } from "./bytes.ts"
import { CodecError } from "./codec-error.ts"
import { decode } from "./decode.ts"
import { exampleBytes, examples } from "./examples.ts"
import { HeaderReader, headerReader } from "./header.ts"
import type { Message } from "./messages.ts"
import { FrameSplitter } from "./splitter.ts"
import { littleEndianHostOpaque } from "./stream-opaque.ts"

class WideKeyLength extends HeaderReader {
  override keyLength(bytes: Uint8Array, at: number): number {
    return readUint16(bytes, at + 2)
  }
}

class SwappedStreamOpaque extends HeaderReader {
  override streamOpaque(bytes: Uint8Array, at: number): number {
    return littleEndianHostOpaque(super.streamOpaque(bytes, at))
  }
}

class BodyLengthOnly extends HeaderReader {
  override frameLength(bytes: Uint8Array, at: number): number {
    return super.frameLength(bytes, at) - 24
  }
}

/** What a reader makes of an example's bytes: the messages, then the fault if there is one. */
function readWith(reader: HeaderReader, id: string): readonly (Message | CodecError)[] {
  const splitter = new FrameSplitter(reader)
  const { frames, error } = splitter.push(exampleBytes(examples.find((example) => example.id === id)!))
  const fault = error ?? splitter.end()
  return [...frames.map((frame) => decode(frame, reader)), ...(fault === undefined ? [] : [fault])]
}

describe("dcp: codec: mutants of the header", () => {
  it.each([
    ["M42 key length read as u16 for 0x08", new WideKeyLength(), "E15"],
    ["M42 extras opaque with its endianness swapped", new SwappedStreamOpaque(), "E14c"],
    ["M42 body length taken without the header", new BodyLengthOnly(), "E1"]
  ])("dcp: codec: %s is caught by S18", (_change, mutant, id) => {
    const { message } = examples.find((example) => example.id === id)!
    expect(readWith(headerReader, id)).toEqual([message])
    expect(readWith(mutant, id)).not.toEqual([message])
  })

  it("dcp: codec: M42 a frame length of 0 is a fault, not an endless loop", () => {
    const [fault] = readWith(new BodyLengthOnly(), "E3")
    expect(fault).toBeInstanceOf(CodecError)
    expect(fault).toMatchObject({ reason: "BodyShorterThanParts" })
  })
})
