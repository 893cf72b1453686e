/**
 * The 24-byte header: the decisions that place every later byte, and the checks that make them safe.
 *
 * Source: dossier `dcp.md` 4.1; kv_engine include/mcbp/protocol/header.h.
 */
import { readUint16, readUint32 } from "./bytes.ts"
import { CodecError } from "./codec-error.ts"
import { isAlternative, isMagic, isResponse, isServer } from "./magic.ts"
import { opcodeName } from "./opcodes.ts"

/** Bytes in a header. */
export const headerLength = 24

/** Longest body accepted, in bytes: a 20 MiB document. */
export const maxBodyLength = 20 * 1024 * 1024

/**
 * The readings on which everything else depends, in one place so that a deliberate mistake can be made by overriding one.
 *
 * `at` is the offset of the frame's first byte; at least 24 bytes must follow it.
 */
export class HeaderReader {
  /** Length of the framing extras in bytes: byte 2 under an alternative magic, else none. */
  framingExtrasLength(bytes: Uint8Array, at: number): number {
    return isAlternative(bytes[at]!) ? bytes[at + 2]! : 0
  }

  /** Length of the key in bytes: byte 3 alone under an alternative magic, else the u16 of bytes 2 and 3. */
  keyLength(bytes: Uint8Array, at: number): number {
    return isAlternative(bytes[at]!) ? bytes[at + 3]! : readUint16(bytes, at + 2)
  }

  /** Length of the whole frame in bytes; the header's own field counts the body only. */
  frameLength(bytes: Uint8Array, at: number): number {
    return headerLength + readUint32(bytes, at + 8)
  }

  /** The stream opaque in the extras of an ADD_STREAM response; here `at` is the offset of the extras. */
  streamOpaque(bytes: Uint8Array, at: number): number {
    return readUint32(bytes, at)
  }
}

/** The reader that follows the protocol. */
export const headerReader = new HeaderReader()

/**
 * The fault that makes a header unusable, if there is one: unknown magic, too long, or parts longer than the body.
 *
 * `frameOffset` is the frame's place in the stream of bytes, for the message.
 */
export function headerFault(
  bytes: Uint8Array,
  at: number,
  frameOffset: number,
  reader: HeaderReader
): CodecError | undefined {
  const magic = bytes[at]!
  if (!isMagic(magic)) return unknownMagic(magic, frameOffset)
  const length = reader.frameLength(bytes, at)
  if (length > headerLength + maxBodyLength) {
    return bodyLengthFault("FrameTooLong", bytes, at, frameOffset, `at most ${maxBodyLength}`, length)
  }
  // An overridden frameLength may be below 24; this same comparison then keeps a splitter from standing still.
  const parts = reader.framingExtrasLength(bytes, at) + bytes[at + 4]! + reader.keyLength(bytes, at)
  if (headerLength + parts > length) {
    return bodyLengthFault("BodyShorterThanParts", bytes, at, frameOffset, `at least ${parts}`, length)
  }
  return undefined
}

/** What a packet is called in messages: `STREAM_REQ`, `STREAM_REQ response`, `server request 0x01`. */
export function frameName(magic: number, opcode: number): string {
  if (isServer(magic)) return `server ${isResponse(magic) ? "response" : "request"} ${hexByte(opcode)}`
  return isResponse(magic) ? `${opcodeName(opcode)} response` : opcodeName(opcode)
}

function unknownMagic(magic: number, frameOffset: number): CodecError {
  return new CodecError({
    reason: "UnknownMagic",
    subject: "frame",
    frameOffset,
    offsetInFrame: 0,
    field: "magic",
    expected: "0x80, 0x81, 0x08, 0x18, 0x82 or 0x83",
    actual: hexByte(magic)
  })
}

function bodyLengthFault(
  reason: "FrameTooLong" | "BodyShorterThanParts",
  bytes: Uint8Array,
  at: number,
  frameOffset: number,
  expected: string,
  length: number
): CodecError {
  return new CodecError({
    reason,
    subject: frameName(bytes[at]!, bytes[at + 1]!),
    frameOffset,
    offsetInFrame: 8,
    field: "body length",
    expected,
    actual: String(length - headerLength)
  })
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`
}
