// Goal: every fault says where it is and what was expected. Method: one wrong packet per reason, messages pinned.
import { describe, expect, it } from "vitest"
import { CodecError } from "./codec-error.ts"
import { decode } from "./decode.ts"
import { exampleBytes, examples } from "./examples.ts"
import { parseFrame } from "./frame.ts"
import { writeFrame } from "./frame-writer.ts"
import { Magic } from "./magic.ts"
import { Opcode } from "./opcodes.ts"
import { FrameSplitter } from "./splitter.ts"
import { Status } from "./status.ts"

const packet = (id: string) => exampleBytes(examples.find((example) => example.id === id)!)
const bytes = (length: number) => new Uint8Array(length)

/** Decodes a frame that begins at byte 56 of its stream and returns the fault, with its scope and offset. */
function faultOf(frameBytes: Uint8Array): string {
  const frame = parseFrame(frameBytes, 56)
  const fault = frame instanceof CodecError ? frame : decode(frame)
  if (!(fault instanceof CodecError)) throw new Error(`decoded to ${fault._tag}`)
  return `${fault.reason}, ${fault.scope}, offset ${fault.offset} | ${fault.message}`
}

const request = (opcode: number, parts: object) => writeFrame({ magic: Magic.ClientRequest, opcode, ...parts })
const response = (opcode: number, status: number, parts: object) =>
  writeFrame({ magic: Magic.ClientResponse, opcode, vbucketOrStatus: status, ...parts })

describe("dcp: codec: faults that break the connection", () => {
  it("dcp: codec: UnknownMagic names the byte and the magics", () => {
    expect(faultOf(bytes(24).fill(0x42))).toMatchInlineSnapshot(
      `"UnknownMagic, connection, offset 56 | frame at byte 56: magic must be 0x80, 0x81, 0x08, 0x18, 0x82 or 0x83, was 0x42"`
    )
  })

  it("dcp: codec: BodyShorterThanParts compares the body with its parts", () => {
    const broken = packet("E16")
    broken[11] = 0x23
    expect(faultOf(broken)).toMatchInlineSnapshot(
      `"BodyShorterThanParts, connection, offset 64 | MUTATION at byte 56: body length must be at least 36, was 35"`
    )
  })

  it("dcp: codec: FrameTooLong states the limit", () => {
    const broken = packet("E16")
    broken.fill(0xff, 8, 12)
    expect(faultOf(broken)).toMatchInlineSnapshot(
      `"FrameTooLong, connection, offset 64 | MUTATION at byte 56: body length must be at most 20971520, was 4294967295"`
    )
  })

  it("dcp: codec: TruncatedFrame counts the bytes that are there", () => {
    expect(faultOf(packet("E4").slice(0, 27))).toMatchInlineSnapshot(
      `"TruncatedFrame, connection, offset 56 | STREAM_END at byte 56: frame length must be 28, was 27"`
    )
    expect(faultOf(packet("E4").slice(0, 10))).toMatchInlineSnapshot(
      `"TruncatedFrame, connection, offset 56 | frame at byte 56: frame length must be at least 24, was 10"`
    )
  })

  it("dcp: codec: TruncatedFrame at the end of a stream says that the connection closed", () => {
    const splitter = new FrameSplitter()
    splitter.push(packet("E1"))
    splitter.push(packet("E15").slice(0, 30))
    expect(splitter.end()?.message).toMatchInlineSnapshot(
      `"STREAM_END at byte 28: frame length must be 31, was 30 when the connection closed"`
    )
    const early = new FrameSplitter()
    early.push(packet("E1").slice(0, 3))
    expect(early.end()?.message).toMatchInlineSnapshot(
      `"frame at byte 0: frame length must be at least 24, was 3 when the connection closed"`
    )
  })

  it("dcp: codec: TrailingBytes counts the bytes that are there", () => {
    expect(faultOf(Uint8Array.of(...packet("E4"), 0))).toMatchInlineSnapshot(
      `"TrailingBytes, connection, offset 84 | STREAM_END at byte 56: frame length must be 28, was 29"`
    )
  })
})

describe("dcp: codec: faults of one message", () => {
  it("dcp: codec: WrongExtrasLength names the lengths allowed", () => {
    expect(faultOf(request(Opcode.StreamEnd, { extras: bytes(3) }))).toMatchInlineSnapshot(
      `"WrongExtrasLength, message, offset 60 | STREAM_END at byte 56: extras length must be 4, was 3"`
    )
    expect(faultOf(response(Opcode.AddStream, 0, { extras: bytes(3) }))).toMatchInlineSnapshot(
      `"WrongExtrasLength, message, offset 60 | ADD_STREAM response at byte 56: extras length must be 0 or 4, was 3"`
    )
    expect(faultOf(request(Opcode.SnapshotMarker, { extras: bytes(19) }))).toMatchInlineSnapshot(
      `"WrongExtrasLength, message, offset 60 | SNAPSHOT_MARKER at byte 56: extras length must be 1 or 20, was 19"`
    )
  })

  it("dcp: codec: BadKeyLength covers a key too many, one missing and one too long", () => {
    expect(faultOf(request(Opcode.CloseStream, { key: bytes(1) }))).toMatchInlineSnapshot(
      `"BadKeyLength, message, offset 58 | CLOSE_STREAM at byte 56: key length must be 0, was 1"`
    )
    expect(faultOf(request(Opcode.Control, { value: bytes(1) }))).toMatchInlineSnapshot(
      `"BadKeyLength, message, offset 58 | CONTROL at byte 56: key length must be at least 1, was 0"`
    )
    expect(faultOf(request(Opcode.Open, { extras: bytes(8), key: bytes(201) }))).toMatchInlineSnapshot(
      `"BadKeyLength, message, offset 58 | OPEN at byte 56: key length must be 1 to 200, was 201"`
    )
  })

  it("dcp: codec: BadKeyLength points at byte 3 under an alternative magic", () => {
    const framingExtras = Uint8Array.of(0x22, 0, 7)
    const frame = writeFrame({ magic: Magic.AltClientRequest, opcode: Opcode.Noop, framingExtras, key: bytes(1) })
    expect(faultOf(frame)).toMatchInlineSnapshot(
      `"BadKeyLength, message, offset 59 | NOOP at byte 56: key length must be 0, was 1"`
    )
  })

  it("dcp: codec: BadValueLength covers odd features, an empty CONTROL, a marker and a rollback cut short", () => {
    expect(faultOf(request(Opcode.Hello, { value: bytes(3) }))).toMatchInlineSnapshot(
      `"BadValueLength, message, offset 80 | HELO at byte 56: value length must be a multiple of 2, was 3"`
    )
    expect(faultOf(request(Opcode.Control, { key: bytes(1) }))).toMatchInlineSnapshot(
      `"BadValueLength, message, offset 81 | CONTROL at byte 56: value length must be at least 1, was 0"`
    )
    expect(faultOf(request(Opcode.SnapshotMarker, { extras: bytes(1), value: bytes(35) }))).toMatchInlineSnapshot(
      `"BadValueLength, message, offset 81 | SNAPSHOT_MARKER at byte 56: value length must be 36, was 35"`
    )
    expect(faultOf(response(Opcode.StreamRequest, Status.Rollback, { value: bytes(7) }))).toMatchInlineSnapshot(
      `"BadValueLength, message, offset 80 | STREAM_REQ response at byte 56: value length must be 8, was 7"`
    )
  })

  it("dcp: codec: UnexpectedValue covers a request without a value and a success with a body", () => {
    expect(faultOf(request(Opcode.Noop, { value: bytes(1) }))).toMatchInlineSnapshot(
      `"UnexpectedValue, message, offset 80 | NOOP at byte 56: value length must be 0, was 1"`
    )
    expect(faultOf(response(Opcode.CloseStream, 0, { value: bytes(2) }))).toMatchInlineSnapshot(
      `"UnexpectedValue, message, offset 80 | CLOSE_STREAM response at byte 56: value length must be 0, was 2"`
    )
  })

  it("dcp: codec: BadFailoverLog covers an empty log and a broken entry", () => {
    expect(faultOf(response(Opcode.StreamRequest, 0, {}))).toMatchInlineSnapshot(
      `"BadFailoverLog, message, offset 80 | STREAM_REQ response at byte 56: failover log length must be a multiple of 16 and not 0, was 0"`
    )
    expect(faultOf(response(Opcode.StreamRequest, 0, { value: bytes(17) }))).toMatchInlineSnapshot(
      `"BadFailoverLog, message, offset 80 | STREAM_REQ response at byte 56: failover log length must be a multiple of 16 and not 0, was 17"`
    )
  })

  it("dcp: codec: BadFramingExtras counts what is left, escapes included", () => {
    const framed = (...framingExtras: number[]) =>
      writeFrame({
        magic: Magic.AltClientRequest,
        opcode: Opcode.Noop,
        framingExtras: Uint8Array.from(framingExtras)
      })
    expect(faultOf(framed(0x11, 0, 0x22, 0))).toMatchInlineSnapshot(
      `"BadFramingExtras, message, offset 82 | NOOP at byte 56: frame info length must be at most 2, was 3"`
    )
    expect(faultOf(framed(0xf0))).toMatchInlineSnapshot(
      `"BadFramingExtras, message, offset 80 | NOOP at byte 56: frame info length must be at most 1, was 2"`
    )
    expect(faultOf(framed(0x0f, 0))).toMatchInlineSnapshot(
      `"BadFramingExtras, message, offset 80 | NOOP at byte 56: frame info length must be at most 2, was 17"`
    )
  })

  it("dcp: codec: BadText names the field", () => {
    expect(faultOf(request(Opcode.SelectBucket, { key: Uint8Array.of(0xc0, 0x80) }))).toMatchInlineSnapshot(
      `"BadText, message, offset 80 | SELECT_BUCKET at byte 56: bucket must be UTF-8 text, was 2 bytes that are not"`
    )
  })

  it("dcp: codec: UnknownVersion names the versions of a snapshot marker", () => {
    const extras = Uint8Array.of(1)
    expect(faultOf(request(Opcode.SnapshotMarker, { extras, value: bytes(44) }))).toMatchInlineSnapshot(
      `"UnknownVersion, message, offset 80 | SNAPSHOT_MARKER at byte 56: version must be 0 or 2, was 1"`
    )
  })
})
