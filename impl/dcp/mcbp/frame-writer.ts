/**
 * Writes frames. Lengths are computed from the parts and cannot be wrong; numbers that do not fit are a `RangeError`,
 * the caller's mistake.
 */
import { emptyBytes, writeUint8, writeUint16, writeUint32, writeUint64 } from "./bytes.ts"
import { frameInfosLength, writeFrameInfos } from "./framing-extras.ts"
import { headerLength, maxBodyLength } from "./header.ts"
import { isAlternative, Magic } from "./magic.ts"
import type { Envelope, RequestEnvelope, ResponseEnvelope } from "./messages.ts"

/** The parts of a frame, for packets that no message describes; parts left out are zero or empty. */
export interface FrameParts {
  readonly magic: number
  readonly opcode: number
  readonly vbucketOrStatus?: number
  readonly opaque?: number
  readonly datatype?: number
  readonly cas?: bigint
  readonly framingExtras?: Uint8Array
  readonly extras?: Uint8Array
  readonly key?: Uint8Array
  readonly value?: Uint8Array
}

/** The bytes of a frame made of any parts whatever; only the lengths are filled in. */
export function writeFrame(parts: FrameParts): Uint8Array {
  const { framingExtras = emptyBytes, extras = emptyBytes, key = emptyBytes, value = emptyBytes } = parts
  if (framingExtras.length > 0 && !isAlternative(parts.magic)) {
    throw new RangeError("framing extras need an alternative magic")
  }
  const bytes = allocate(parts.magic, framingExtras.length, extras.length, key.length, value.length)
  writeUint8(bytes, 1, parts.opcode, "opcode")
  writeUint8(bytes, 5, parts.datatype ?? 0, "datatype")
  writeUint16(bytes, 6, parts.vbucketOrStatus ?? 0, "vBucket or status")
  writeUint32(bytes, 12, parts.opaque ?? 0, "opaque")
  writeUint64(bytes, 16, parts.cas ?? 0n, "cas")
  let at = headerLength
  for (const part of [framingExtras, extras, key, value]) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Begins a request: header and framing extras are written, the rest is zero. */
export function beginRequest(
  opcode: number,
  message: RequestEnvelope,
  extrasLength: number,
  keyLength: number,
  valueLength: number
): Uint8Array {
  const plain = message.frameInfos.length === 0
  const magic = plain ? Magic.ClientRequest : Magic.AltClientRequest
  const bytes = begin(magic, opcode, message, extrasLength, keyLength, valueLength)
  writeUint16(bytes, 6, message.vbucket, "vBucket")
  return bytes
}

/** Begins a response, which never has a key: header and framing extras are written, the rest is zero. */
export function beginResponse(
  opcode: number,
  message: ResponseEnvelope,
  extrasLength: number,
  valueLength: number
): Uint8Array {
  const plain = message.frameInfos.length === 0
  const magic = plain ? Magic.ClientResponse : Magic.AltClientResponse
  const bytes = begin(magic, opcode, message, extrasLength, 0, valueLength)
  writeUint16(bytes, 6, message.status, "status")
  return bytes
}

/** Offset of the extras in a frame just begun. */
export function extrasStart(bytes: Uint8Array): number {
  return isAlternative(bytes[0]!) ? headerLength + bytes[2]! : headerLength
}

function begin(
  magic: number,
  opcode: number,
  message: Envelope,
  extrasLength: number,
  keyLength: number,
  valueLength: number
): Uint8Array {
  const infos = message.frameInfos
  const framingLength = infos.length === 0 ? 0 : frameInfosLength(infos)
  const bytes = allocate(magic, framingLength, extrasLength, keyLength, valueLength)
  bytes[1] = opcode
  writeUint8(bytes, 5, message.datatype, "datatype")
  writeUint32(bytes, 12, message.opaque, "opaque")
  if (message.cas !== 0n) writeUint64(bytes, 16, message.cas, "cas")
  if (framingLength > 0) writeFrameInfos(bytes, headerLength, infos)
  return bytes
}

function allocate(
  magic: number,
  framingLength: number,
  extrasLength: number,
  keyLength: number,
  valueLength: number
): Uint8Array {
  const bodyLength = framingLength + extrasLength + keyLength + valueLength
  if (bodyLength > maxBodyLength) throw new RangeError(`body must be at most ${maxBodyLength} bytes, was ${bodyLength}`)
  const bytes = new Uint8Array(headerLength + bodyLength)
  writeUint8(bytes, 0, magic, "magic")
  if (isAlternative(magic)) {
    writeUint8(bytes, 2, framingLength, "framing extras length")
    writeUint8(bytes, 3, keyLength, "key length")
  } else {
    writeUint16(bytes, 2, keyLength, "key length")
  }
  writeUint8(bytes, 4, extrasLength, "extras length")
  writeUint32(bytes, 8, bodyLength, "body length")
  return bytes
}
