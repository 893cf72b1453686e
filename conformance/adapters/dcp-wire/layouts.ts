/**
 * How the packets that stream set-up knows lie in bytes, as a table.
 *
 * Written for the kit alone and from the dossier (4.1, 4.2), so that a bug in an implementation's codec has nothing here
 * to hide behind. Requests carry magic 0x80 and a vBucket, responses 0x81 and a status.
 */
import type { Packet } from "../../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../../spec/ids.ts"

type Of<Tag extends Packet["_tag"]> = Extract<Packet, { readonly _tag: Tag }>

/** What follows the header. */
export interface Body {
  readonly extras: Uint8Array
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** What the header says. */
export interface Head {
  readonly vbucket: VBucket
  readonly status: Status
  readonly opaque: Opaque
}

export interface Layout<P extends Packet = Packet> {
  readonly magic: 0x80 | 0x81
  readonly opcode: number
  write(packet: P): Body
  read(head: Head, body: Body): P
}

const none = new Uint8Array(0)
const body = (extras: Uint8Array, key: Uint8Array = none, value: Uint8Array = none): Body => ({ extras, key, value })
const empty = body(none)

const text = (characters: string): Uint8Array => new TextEncoder().encode(characters)
const characters = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const u32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
const readU32 = (bytes: Uint8Array): number =>
  ((bytes[0] ?? 0) * 0x1000000 + (bytes[1] ?? 0) * 0x10000 + (bytes[2] ?? 0) * 0x100 + (bytes[3] ?? 0)) >>> 0

/** A layout whose body never varies. */
const fixed = <P extends Packet>(
  magic: 0x80 | 0x81,
  opcode: number,
  always: Body,
  read: (head: Head) => P
): Layout<P> => ({ magic, opcode, write: () => always, read })

/** A response of a status and nothing else. */
const answer = <P extends Packet>(opcode: number, read: (head: Head) => P): Layout<P> =>
  fixed(0x81, opcode, empty, read)

/** STREAM_REQ: flags, reserved, start and end seqno, vBucket UUID, snapshot start and end. From the start to no end. */
const streamRequestExtras = (takeover: boolean): Uint8Array => {
  const extras = new Uint8Array(48)
  extras[3] = takeover ? 1 : 0
  extras.fill(0xff, 16, 24)
  return extras
}

/** A failover log of one entry, or where to roll back to, or nothing. */
const streamRequestAnswer = (status: number): Uint8Array => {
  if (status === 0x00) return Uint8Array.of(0, 0, 0, 0, 0xfe, 0xed, 0xde, 0xca, 0, 0, 0, 0, 0, 0, 0x54, 0x32)
  return status === 0x23 ? new Uint8Array(8) : none
}

/** Version 1: start and end seqno, and the flag of a snapshot in memory. */
const snapshotExtras = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1)

/** Sequence number, revision, flags, expiry, lock time, length of metadata, and the nru byte. */
const mutationExtras = (() => {
  const extras = new Uint8Array(31)
  extras[7] = 4
  extras[15] = 1
  return extras
})()

/** One layout per packet; a missing one is a type error. */
export const layouts: { readonly [Tag in Packet["_tag"]]: Layout<Of<Tag>> } = {
  AddStream: {
    magic: 0x80,
    opcode: 0x51,
    write: ({ takeover }) => body(u32(takeover ? 1 : 0)),
    read: ({ vbucket, opaque }, { extras }) => ({
      _tag: "AddStream",
      vbucket,
      opaque,
      takeover: (readU32(extras) & 1) === 1
    })
  },
  AddStreamResponse: {
    magic: 0x81,
    opcode: 0x51,
    // The stream opaque in the extras of a success is nobody's business here: any will do.
    write: ({ opaque, status }) => (status === 0 ? body(u32(0x1000 + opaque)) : empty),
    read: ({ opaque, status }) => ({ _tag: "AddStreamResponse", opaque, status })
  },
  CloseStream: fixed(0x80, 0x52, empty, ({ vbucket, opaque }) => ({ _tag: "CloseStream", vbucket, opaque })),
  CloseStreamResponse: answer(0x52, ({ opaque, status }) => ({ _tag: "CloseStreamResponse", opaque, status })),
  StreamRequest: {
    magic: 0x80,
    opcode: 0x53,
    write: ({ takeover }) => body(streamRequestExtras(takeover === true), none, text('{"uid":"0"}')),
    read: ({ vbucket, opaque }, { extras }) => ({
      _tag: "StreamRequest",
      vbucket,
      opaque,
      ...((readU32(extras) & 1) === 1 ? { takeover: true } : {})
    })
  },
  StreamRequestResponse: {
    magic: 0x81,
    opcode: 0x53,
    write: ({ status }) => body(none, none, streamRequestAnswer(status)),
    read: ({ opaque, status }) => ({ _tag: "StreamRequestResponse", opaque, status })
  },
  StreamEnd: {
    magic: 0x80,
    opcode: 0x55,
    write: ({ reason }) => body(u32(reason)),
    read: ({ vbucket, opaque }, { extras }) => ({ _tag: "StreamEnd", vbucket, opaque, reason: readU32(extras) })
  },
  SetVBucketState: {
    magic: 0x80,
    opcode: 0x5b,
    write: ({ state }) => body(Uint8Array.of(state)),
    read: ({ vbucket, opaque }, { extras }) => ({ _tag: "SetVBucketState", vbucket, opaque, state: extras[0] ?? 0 })
  },
  SetVBucketStateResponse: answer(0x5b, ({ opaque, status }) => ({ _tag: "SetVBucketStateResponse", opaque, status })),
  SnapshotMarker: fixed(0x80, 0x56, body(snapshotExtras), ({ vbucket, opaque }) => ({
    _tag: "SnapshotMarker",
    vbucket,
    opaque
  })),
  Mutation: fixed(0x80, 0x57, body(mutationExtras, text("hello"), text("world")), ({ vbucket, opaque }) => ({
    _tag: "Mutation",
    vbucket,
    opaque
  })),
  BufferAck: fixed(0x80, 0x5d, body(u32(4096)), ({ opaque }) => ({ _tag: "BufferAck", opaque })),
  Noop: fixed(0x80, 0x5c, empty, ({ opaque }) => ({ _tag: "Noop", opaque })),
  NoopResponse: answer(0x5c, ({ opaque, status }) => ({ _tag: "NoopResponse", opaque, status })),
  Control: {
    magic: 0x80,
    opcode: 0x5e,
    write: ({ key, value }) => body(none, text(key), text(value)),
    read: ({ opaque }, { key, value }) => ({
      _tag: "Control",
      opaque,
      key: characters(key),
      value: characters(value)
    })
  },
  ControlResponse: answer(0x5e, ({ opaque, status }) => ({ _tag: "ControlResponse", opaque, status }))
}
