/**
 * Big-endian reads and writes on plain byte arrays, the codec's only access to numbers on the wire.
 *
 * Reads trust the caller to stay inside the array: lengths are checked once per frame, not once per field.
 * Writes refuse a number that does not fit, because a silently truncated field would name another stream.
 */

/** The one empty byte array, shared so that absent parts cost nothing. */
export const emptyBytes = new Uint8Array(0)

const maxUint64 = 0xffff_ffff_ffff_ffffn
const scratch = new DataView(new ArrayBuffer(8))

/** Reads a u16. */
export function readUint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}

/** Reads a u32. */
export function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

/** Reads a u64. */
export function readUint64(bytes: Uint8Array, at: number): bigint {
  const high = readUint32(bytes, at)
  const low = readUint32(bytes, at + 4)
  if (high === 0 && low === 0) return 0n
  scratch.setUint32(0, high)
  scratch.setUint32(4, low)
  return scratch.getBigUint64(0)
}

/** Writes a u8; throws `RangeError` naming the field if the value does not fit. */
export function writeUint8(bytes: Uint8Array, at: number, value: number, field: string): void {
  if ((value & 0xff) !== value) refuse(field, "255", value)
  bytes[at] = value
}

/** Writes a u16; throws `RangeError` naming the field if the value does not fit. */
export function writeUint16(bytes: Uint8Array, at: number, value: number, field: string): void {
  if ((value & 0xffff) !== value) refuse(field, "65535", value)
  bytes[at] = value >>> 8
  bytes[at + 1] = value
}

/** Writes a u32; throws `RangeError` naming the field if the value does not fit. */
export function writeUint32(bytes: Uint8Array, at: number, value: number, field: string): void {
  if (value >>> 0 !== value) refuse(field, "4294967295", value)
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

/** Writes a u64; throws `RangeError` naming the field if the value does not fit. */
export function writeUint64(bytes: Uint8Array, at: number, value: bigint, field: string): void {
  if (value < 0n || value > maxUint64) refuse(field, "18446744073709551615", value)
  scratch.setBigUint64(0, value)
  writeUint32(bytes, at, scratch.getUint32(0), field)
  writeUint32(bytes, at + 4, scratch.getUint32(4), field)
}

/** A plain `Uint8Array` over part of another (no copy), whatever subclass the other is. */
export function view(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return start === end ? emptyBytes : new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start)
}

function refuse(field: string, max: string, value: number | bigint): never {
  throw new RangeError(`${field} must be an integer from 0 to ${max}, was ${value}`)
}
