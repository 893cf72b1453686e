/**
 * The messages of stream set-up, one interface per packet, told apart by `_tag`.
 *
 * A message holds everything that is in its packet, so that decoding loses nothing. Numbers are unsigned: u8, u16 and
 * u32 are `number`, u64 is `bigint`. Text is UTF-8. Byte arrays may be views into the packet.
 * Source: dossier `dcp.md` 4.2; kv_engine include/memcached/protocol_binary.h.
 */
import { emptyBytes } from "./bytes.ts"
import type { FailoverEntry } from "./failover-log.ts"
import { type FrameInfo, noFrameInfos } from "./framing-extras.ts"
import { Status } from "./status.ts"

/** What every packet carries beside its own fields. */
export interface Envelope {
  /** The header opaque, read big-endian. */
  readonly opaque: number
  readonly cas: bigint
  readonly datatype: number
  /** Framing extras; a packet has an alternative magic if and only if there are any. */
  readonly frameInfos: readonly FrameInfo[]
}

/** What every request carries. */
export interface RequestEnvelope extends Envelope {
  readonly vbucket: number
}

/** What every response carries. Only SASL_AUTH, whose value is a server challenge, has a value with status Success. */
export interface ResponseEnvelope extends Envelope {
  readonly status: number
  /** The body of an error, most often a JSON text that explains it; empty if there is none. */
  readonly value: Uint8Array
}

/** Envelope of a request with nothing special about it, to spread into a message before its own fields. */
export const plainRequest: RequestEnvelope = { vbucket: 0, opaque: 0, cas: 0n, datatype: 0, frameInfos: noFrameInfos }

/** Envelope of a success, to spread into a message before its own fields. */
export const plainResponse: ResponseEnvelope = {
  status: Status.Success,
  opaque: 0,
  cas: 0n,
  datatype: 0,
  frameInfos: noFrameInfos,
  value: emptyBytes
}

// ---- requests -------------------------------------------------------------------------------------------------------

/** Names the client and the features it asks for. */
export interface Hello extends RequestEnvelope {
  readonly _tag: "Hello"
  readonly agent: string
  readonly features: readonly number[]
}

/** One step of authentication. */
export interface SaslAuth extends RequestEnvelope {
  readonly _tag: "SaslAuth"
  /** 1 or more bytes, such as PLAIN. */
  readonly mechanism: string
  readonly payload: Uint8Array
}

/** Chooses the bucket that later requests are about. */
export interface SelectBucket extends RequestEnvelope {
  readonly _tag: "SelectBucket"
  readonly bucket: string
}

/** Makes the connection a DCP connection. */
export interface Open extends RequestEnvelope {
  readonly _tag: "Open"
  readonly reserved: number
  readonly flags: number
  /** 1 to 200 bytes. */
  readonly name: string
  /** JSON text (datatype 1), or empty. */
  readonly value: string
}

/** Asks a consumer to open a stream. */
export interface AddStream extends RequestEnvelope {
  readonly _tag: "AddStream"
  readonly flags: number
}

/** Asks a consumer or a producer to close a stream. */
export interface CloseStream extends RequestEnvelope {
  readonly _tag: "CloseStream"
}

/** A consumer asks a producer for the changes of a vBucket from a point of its history. */
export interface StreamRequest extends RequestEnvelope {
  readonly _tag: "StreamRequest"
  readonly flags: number
  readonly reserved: number
  readonly startSeqno: bigint
  readonly endSeqno: bigint
  readonly vbucketUuid: bigint
  readonly snapStartSeqno: bigint
  readonly snapEndSeqno: bigint
  /** JSON text such as {"uid":"0"}, or empty. */
  readonly value: string
}

/** A producer ends a stream. */
export interface StreamEnd extends RequestEnvelope {
  readonly _tag: "StreamEnd"
  /** One of `StreamEndReason`, or a newer one. */
  readonly reason: number
}

/** Fields of every version of SNAPSHOT_MARKER. */
export interface SnapshotRange extends RequestEnvelope {
  readonly _tag: "SnapshotMarker"
  readonly startSeqno: bigint
  readonly endSeqno: bigint
  readonly flags: number
}

/** Snapshot marker whose fields are in the extras. */
export interface SnapshotMarkerV1 extends SnapshotRange {
  readonly version: "V1"
}

/** Snapshot marker whose fields are in a value of 36 bytes. */
export interface SnapshotMarkerV20 extends SnapshotRange {
  readonly version: "V2.0"
  readonly maxVisibleSeqno: bigint
  readonly highCompletedSeqno: bigint
}

/** Snapshot marker whose fields are in a value of 52 bytes. */
export interface SnapshotMarkerV22 extends SnapshotRange {
  readonly version: "V2.2"
  readonly maxVisibleSeqno: bigint
  readonly highCompletedSeqno: bigint
  readonly purgeSeqno: bigint
  readonly highPreparedSeqno: bigint
}

/** Announces which seqnos the next messages belong to. */
export type SnapshotMarker = SnapshotMarkerV1 | SnapshotMarkerV20 | SnapshotMarkerV22

/** One changed document. */
export interface Mutation extends RequestEnvelope {
  readonly _tag: "Mutation"
  readonly bySeqno: bigint
  readonly revSeqno: bigint
  /** The document's own flags, opaque to the server. */
  readonly flags: number
  readonly expiration: number
  readonly lockTime: number
  /** Length of extended metadata at the end of the value, in bytes. */
  readonly nmeta: number
  readonly nru: number
  /** Bytes, not text: with collections it begins with a LEB128 collection id. */
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** A producer hands over a vBucket by telling the consumer which state to set. */
export interface SetVBucketState extends RequestEnvelope {
  readonly _tag: "SetVBucketState"
  /** One of `VBucketState`. */
  readonly state: number
}

/** Asks for a sign of life. */
export interface Noop extends RequestEnvelope {
  readonly _tag: "Noop"
}

/** Returns flow-control credit to the producer. */
export interface BufferAck extends RequestEnvelope {
  readonly _tag: "BufferAck"
  readonly ackedBytes: number
}

/** Sets a parameter of the connection; neither key nor value is empty. */
export interface Control extends RequestEnvelope {
  readonly _tag: "Control"
  readonly key: string
  readonly value: string
}

// ---- responses ------------------------------------------------------------------------------------------------------

/** Answers HELO; with status Success `features` is the accepted subset and `value` is empty, else the other way round. */
export interface HelloResponse extends ResponseEnvelope {
  readonly _tag: "HelloResponse"
  readonly features: readonly number[]
}

/** Answers ADD_STREAM. */
export interface AddStreamResponse extends ResponseEnvelope {
  readonly _tag: "AddStreamResponse"
  /** The opaque of the stream's own messages as the extras spell it, see `littleEndianHostOpaque`. */
  readonly streamOpaque: number | undefined
}

/** Answers STREAM_REQ: Success brings the failover log, Rollback a seqno, any other status an error body. */
export interface StreamRequestResponse extends ResponseEnvelope {
  readonly _tag: "StreamRequestResponse"
  /** Newest first; one entry or more with status Success, else empty. */
  readonly failoverLog: readonly FailoverEntry[]
  /** Where to start again; present with status Rollback only. */
  readonly rollbackSeqno: bigint | undefined
}

/** Tags of the responses that consist of a status and, on failure, an error body. */
export type StatusResponseTag =
  | "SaslAuthResponse"
  | "SelectBucketResponse"
  | "OpenResponse"
  | "CloseStreamResponse"
  | "StreamEndResponse"
  | "SnapshotMarkerResponse"
  | "MutationResponse"
  | "SetVBucketStateResponse"
  | "NoopResponse"
  | "BufferAckResponse"
  | "ControlResponse"

/** A response that consists of a status and, on failure, an error body. */
export interface StatusResponse<Tag extends StatusResponseTag = StatusResponseTag> extends ResponseEnvelope {
  readonly _tag: Tag
}

// ---- everything -----------------------------------------------------------------------------------------------------

/** A packet that is passed on unread: an opcode without a message of its own, or one the server began. */
export interface Other {
  readonly _tag: "Other"
  readonly magic: number
  readonly opcode: number
  readonly vbucketOrStatus: number
  readonly opaque: number
  /** The whole packet; encoding returns these bytes, and the fields above are read from them. */
  readonly bytes: Uint8Array
}

/** Any message that asks. */
export type Request =
  | Hello
  | SaslAuth
  | SelectBucket
  | Open
  | AddStream
  | CloseStream
  | StreamRequest
  | StreamEnd
  | SnapshotMarker
  | Mutation
  | SetVBucketState
  | Noop
  | BufferAck
  | Control

/** Any message that answers. */
export type Response =
  | HelloResponse
  | AddStreamResponse
  | StreamRequestResponse
  | { [Tag in StatusResponseTag]: StatusResponse<Tag> }[StatusResponseTag]

/** Any message. */
export type Message = Request | Response | Other
