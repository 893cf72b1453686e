/**
 * Framing extras: small tagged pieces before the extras, in packets of the alternative magics only.
 *
 * Each piece begins with a byte of two nibbles, id then length. A nibble of 15 says that one more byte is to be added to
 * it; the id's extra byte comes before the length's. Source: dossier `dcp.md` 4.1; kv_engine docs/BinaryProtocol.md.
 */
import { readUint16, view, writeUint8, writeUint16 } from "./bytes.ts"
import { CodecError } from "./codec-error.ts"
import type { Frame } from "./frame.ts"
import { headerLength } from "./header.ts"

/** One piece of framing extras. */
export interface FrameInfo {
  /** 0 to 270; requests and responses number their pieces separately. */
  readonly id: number
  /** 0 to 270 bytes. */
  readonly data: Uint8Array
}

/** The framing extras of a packet that has none, shared. */
export const noFrameInfos: readonly FrameInfo[] = Object.freeze([])

const escapeNibble = 15
const maxEscaped = escapeNibble + 255

/** Id of the request piece that names one of several streams of a vBucket. */
const streamIdInfo = 2

/** The DCP stream-id that a request carries, if it carries one. */
export function streamIdOf(infos: readonly FrameInfo[]): number | undefined {
  const info = infos.find(({ id, data }) => id === streamIdInfo && data.length === 2)
  return info === undefined ? undefined : readUint16(info.data, 0)
}

/** The piece that gives a request a DCP stream-id (u16). */
export function streamIdFrameInfo(streamId: number): FrameInfo {
  const data = new Uint8Array(2)
  writeUint16(data, 0, streamId, "stream id")
  return { id: streamIdInfo, data }
}

/** Reads the framing extras of a frame; `BadFramingExtras` if a piece overruns their end. */
export function parseFrameInfos(frame: Frame): readonly FrameInfo[] | CodecError {
  const bytes = frame.bytes
  const end = frame.extrasStart
  let at = headerLength
  if (at === end) return noFrameInfos
  const infos: FrameInfo[] = []
  while (at < end) {
    const start = at
    let id = bytes[at]! >> 4
    let length = bytes[at]! & 0x0f
    at += 1
    // A missing escape byte leaves `at` beyond the end, which the comparison below reports like any other overrun.
    if (id === escapeNibble) id += at < end ? bytes[at]! : 0
    if (id >= escapeNibble) at += 1
    if (length === escapeNibble) length += at < end ? bytes[at]! : 0
    if (length >= escapeNibble) at += 1
    if (at + length > end) return overrun(frame, start, end - start, at + length - start)
    infos.push({ id, data: view(bytes, at, at + length) })
    at += length
  }
  return infos
}

/** How many bytes the pieces take; `RangeError` beyond the 255 that the header can say. */
export function frameInfosLength(infos: readonly FrameInfo[]): number {
  let length = 0
  for (const { id, data } of infos) {
    length += 1 + (id >= escapeNibble ? 1 : 0) + (data.length >= escapeNibble ? 1 : 0) + data.length
  }
  if (length > 255) throw new RangeError(`framing extras must be at most 255 bytes, were ${length}`)
  return length
}

/** Writes the pieces, as many bytes as `frameInfosLength` said. */
export function writeFrameInfos(bytes: Uint8Array, at: number, infos: readonly FrameInfo[]): void {
  for (const { id, data } of infos) {
    if (id < 0 || id > maxEscaped) throw new RangeError(`frame info id must be 0 to ${maxEscaped}, was ${id}`)
    bytes[at++] = (Math.min(id, escapeNibble) << 4) | Math.min(data.length, escapeNibble)
    if (id >= escapeNibble) writeUint8(bytes, at++, id - escapeNibble, "frame info id")
    if (data.length >= escapeNibble) writeUint8(bytes, at++, data.length - escapeNibble, "frame info length")
    bytes.set(data, at)
    at += data.length
  }
}

function overrun(frame: Frame, start: number, room: number, length: number): CodecError {
  return new CodecError({
    reason: "BadFramingExtras",
    subject: frame.name,
    frameOffset: frame.offset,
    offsetInFrame: start,
    field: "frame info length",
    expected: `at most ${room}`,
    actual: String(length)
  })
}
