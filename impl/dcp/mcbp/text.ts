/** Text in keys and values: UTF-8, refused when malformed, since decoding it leniently would not re-encode. */
import { isUtf8 } from "node:buffer"
import { emptyBytes, view } from "./bytes.ts"
import { CodecError } from "./codec-error.ts"
import type { Frame } from "./frame.ts"

const encoder = new TextEncoder()
const loneSurrogate = /\p{Surrogate}/u

/** Reads text from part of a frame. `field` names the part in the fault. */
export function readText(frame: Frame, start: number, end: number, field: string): string | CodecError {
  if (start === end) return ""
  const part = view(frame.bytes, start, end)
  if (isUtf8(part)) return Buffer.from(part.buffer, part.byteOffset, part.length).toString("utf8")
  return new CodecError({
    reason: "BadText",
    subject: frame.name,
    frameOffset: frame.offset,
    offsetInFrame: start,
    field,
    expected: "UTF-8 text",
    actual: `${end - start} bytes that are not`
  })
}

/** The UTF-8 bytes of text; `RangeError` naming the field if text has no UTF-8 form or a length outside the limits. */
export function textBytes(text: string, field: string, min: number, max: number): Uint8Array {
  if (text === "" && min === 0) return emptyBytes
  if (loneSurrogate.test(text)) throw new RangeError(`${field} must not contain a lone surrogate`)
  const bytes = encoder.encode(text)
  if (bytes.length < min || bytes.length > max) {
    throw new RangeError(`${field} must be ${min} to ${max} bytes, was ${bytes.length}`)
  }
  return bytes
}
