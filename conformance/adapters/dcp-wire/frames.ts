/**
 * The kit's own codec of the memcached binary protocol: packets to bytes and back, and nothing that it does not need.
 *
 * It writes every packet in one way only. So what an implementation passes on unchanged comes back as the very bytes that
 * were written, and anything else is strange.
 */
import type { Packet } from "../../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../../spec/ids.ts"
import { type Body, type Layout, layouts } from "./layouts.ts"

export const headLength = 24

/** A frame as far as its header tells: enough for the handshake. */
export interface RawFrame {
  readonly bytes: Uint8Array
  readonly magic: number
  readonly opcode: number
  readonly vbucketOrStatus: number
  readonly opaque: number
  readonly body: Body
}

/** A frame that is no packet of the spec, or one in bytes that its sender would not have written. */
export interface StrangeFrame {
  readonly _tag: "Strange"
  readonly what: string
}

/** The bytes of one frame. */
export const writeFrame = (
  magic: number,
  opcode: number,
  vbucketOrStatus: number,
  opaque: number,
  { extras, key, value }: Body
): Uint8Array => {
  const bodyLength = extras.length + key.length + value.length
  const bytes = new Uint8Array(headLength + bodyLength)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, magic)
  view.setUint8(1, opcode)
  view.setUint16(2, key.length)
  view.setUint8(4, extras.length)
  view.setUint16(6, vbucketOrStatus)
  view.setUint32(8, bodyLength)
  view.setUint32(12, opaque)
  bytes.set(extras, headLength)
  bytes.set(key, headLength + extras.length)
  bytes.set(value, headLength + extras.length + key.length)
  return bytes
}

/** The bytes of one packet. */
export const writePacket = (packet: Packet): Uint8Array => {
  const layout: Layout = layouts[packet._tag] as Layout
  const subject = "status" in packet ? packet.status : "vbucket" in packet ? packet.vbucket : 0
  return writeFrame(layout.magic, layout.opcode, subject, packet.opaque, layout.write(packet))
}

/** The bytes of some packets, one behind the other. */
export const writePackets = (packets: ReadonlyArray<Packet>): Uint8Array => {
  if (packets.length === 1) return writePacket(packets[0]!)
  const frames = packets.map(writePacket)
  const bytes = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0))
  let at = 0
  for (const frame of frames) {
    bytes.set(frame, at)
    at += frame.length
  }
  return bytes
}

const layoutOf = new Map<number, Layout>(
  Object.values(layouts).map((layout) => [layout.magic * 0x100 + layout.opcode, layout as Layout])
)

/** The packet that a frame is, if it is one byte for byte. Only the cas of the implementation's own requests is its affair. */
export const readPacket = (frame: RawFrame): Packet | StrangeFrame => {
  const layout = layoutOf.get(frame.magic * 0x100 + frame.opcode)
  if (layout === undefined) return strange("no packet of the protocol", frame)
  const packet = layout.read(
    {
      vbucket: frame.vbucketOrStatus as VBucket,
      status: frame.vbucketOrStatus as Status,
      opaque: frame.opaque as Opaque
    },
    frame.body
  )
  const own = packet._tag === "AddStream" || packet._tag === "CloseStream"
  const canonical = equal(writePacket(packet), frame.bytes, own ? casBegin : frame.bytes.length)
  return canonical ? packet : strange(`an altered ${packet._tag}`, frame)
}

const strange = (what: string, { bytes }: RawFrame): StrangeFrame => ({
  _tag: "Strange",
  what: `${what}, ${Buffer.from(bytes).toString("hex")}`
})

const casBegin = 16

/** Whether the bytes are equal but for a cas that begins at `cas`. */
const equal = (one: Uint8Array, other: Uint8Array, cas: number): boolean => {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at] && (at < cas || at >= headLength)) return false
  return true
}

/** Cuts a stream of bytes into frames, however it arrives. */
export class FrameReader {
  private waiting: Uint8Array = new Uint8Array(0)

  push(chunk: Uint8Array): ReadonlyArray<RawFrame> {
    let bytes = this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk])
    const frames: Array<RawFrame> = []
    for (let length = frameLength(bytes); length <= bytes.length; length = frameLength(bytes)) {
      frames.push(parse(bytes.subarray(0, length)))
      bytes = bytes.subarray(length)
    }
    this.waiting = bytes
    return frames
  }
}

const frameLength = (bytes: Uint8Array): number =>
  bytes.length < headLength
    ? headLength
    : headLength + new DataView(bytes.buffer, bytes.byteOffset, headLength).getUint32(8)

const parse = (bytes: Uint8Array): RawFrame => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const keyBegin = headLength + view.getUint8(4)
  const valueBegin = keyBegin + view.getUint16(2)
  return {
    bytes,
    magic: view.getUint8(0),
    opcode: view.getUint8(1),
    vbucketOrStatus: view.getUint16(6),
    opaque: view.getUint32(12),
    body: {
      extras: bytes.subarray(headLength, keyBegin),
      key: bytes.subarray(keyBegin, valueBegin),
      value: bytes.subarray(valueBegin)
    }
  }
}
