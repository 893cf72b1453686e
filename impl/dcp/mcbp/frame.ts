/**
 * A frame: one whole packet with its header read and its body cut into parts, not yet a message.
 *
 * Source: dossier `dcp.md` 4.1. Body order: framing extras, extras, key, value.
 */
import { readUint16, readUint32, readUint64, view } from "./bytes.ts"
import { CodecError } from "./codec-error.ts"
import { frameName, type HeaderReader, headerFault, headerLength, headerReader } from "./header.ts"

/**
 * One packet. The parts are views into `bytes`, made when asked for, and `bytes` itself may be a view into the chunk it
 * arrived in: whoever keeps a small part for long should copy it, or it keeps the chunk alive.
 */
export class Frame {
  /** The whole packet, header included. */
  readonly bytes: Uint8Array
  /** Place of the packet's first byte in the stream of bytes. */
  readonly offset: number
  readonly magic: number
  readonly opcode: number
  readonly datatype: number
  /** vBucket of a request, status of a response. */
  readonly vbucketOrStatus: number
  /** The header opaque, read big-endian. */
  readonly opaque: number
  readonly cas: bigint
  /** Offsets in `bytes`. Framing extras begin at 24 and the value ends with `bytes`. */
  readonly extrasStart: number
  readonly keyStart: number
  readonly valueStart: number

  /** Takes bytes whose header `headerFault` has passed and whose length is the frame's; `parseFrame` checks both. */
  constructor(bytes: Uint8Array, offset: number, reader: HeaderReader) {
    this.bytes = bytes
    this.offset = offset
    this.magic = bytes[0]!
    this.opcode = bytes[1]!
    this.datatype = bytes[5]!
    this.vbucketOrStatus = readUint16(bytes, 6)
    this.opaque = readUint32(bytes, 12)
    this.cas = readUint64(bytes, 16)
    this.extrasStart = headerLength + reader.framingExtrasLength(bytes, 0)
    this.keyStart = this.extrasStart + bytes[4]!
    this.valueStart = this.keyStart + reader.keyLength(bytes, 0)
  }

  get framingExtras(): Uint8Array {
    return view(this.bytes, headerLength, this.extrasStart)
  }

  get extras(): Uint8Array {
    return view(this.bytes, this.extrasStart, this.keyStart)
  }

  get key(): Uint8Array {
    return view(this.bytes, this.keyStart, this.valueStart)
  }

  get value(): Uint8Array {
    return view(this.bytes, this.valueStart, this.bytes.length)
  }

  get extrasLength(): number {
    return this.keyStart - this.extrasStart
  }

  get keyLength(): number {
    return this.valueStart - this.keyStart
  }

  get valueLength(): number {
    return this.bytes.length - this.valueStart
  }

  /** What the packet is called in messages, such as `STREAM_REQ response`. */
  get name(): string {
    return frameName(this.magic, this.opcode)
  }
}

/** Reads bytes that should be exactly one packet; `offset` is their place in the stream, for messages. */
export function parseFrame(bytes: Uint8Array, offset = 0, reader: HeaderReader = headerReader): Frame | CodecError {
  if (bytes.length < headerLength) return truncated("frame", offset, `at least ${headerLength}`, `${bytes.length}`)
  const fault = headerFault(bytes, 0, offset, reader)
  if (fault !== undefined) return fault
  const length = reader.frameLength(bytes, 0)
  if (bytes.length < length) {
    return truncated(frameName(bytes[0]!, bytes[1]!), offset, `${length}`, `${bytes.length}`)
  }
  if (bytes.length > length) {
    return new CodecError({
      reason: "TrailingBytes",
      subject: frameName(bytes[0]!, bytes[1]!),
      frameOffset: offset,
      offsetInFrame: length,
      field: "frame length",
      expected: `${length}`,
      actual: `${bytes.length}`
    })
  }
  return new Frame(bytes, offset, reader)
}

/** The fault of a frame that stops before its end. */
export function truncated(subject: string, frameOffset: number, expected: string, actual: string): CodecError {
  return new CodecError({
    reason: "TruncatedFrame",
    subject,
    frameOffset,
    offsetInFrame: 0,
    field: "frame length",
    expected,
    actual
  })
}
