/**
 * The words of DCP stream set-up through the ns_server proxy: packets, calls, casts, replies and crash reasons.
 *
 * Source: dossier `dcp.md`, sections 1.5 and 2. Packets carry what the proxy looks at; the bytes are `impl`'s business.
 */
import { Schema } from "effect"
import { CallId, Opaque, Status, VBucket } from "../ids.ts"

// ---- status codes (dossier 4.2) -----------------------------------------------------------------------------------

/** Status codes by name. Source: kv_engine include/mcbp/protocol/status.h. */
export const statusCodes = {
  Success: 0x00,
  KeyEnoent: 0x01,
  KeyEexists: 0x02,
  NotMyVbucket: 0x07,
  DcpStreamNotFound: 0x0a,
  Erange: 0x22,
  Rollback: 0x23,
  Enomem: 0x82,
  NotSupported: 0x83,
  Etmpfail: 0x86
} as const

/** Why a producer ended a stream: 0 Ok, 1 Closed, 2 StateChanged, 3 Disconnected, 4 Slow, 5 BackfillFail, 6 Rollback, 7 FilterEmpty, 8 LostPrivileges. */
export const StreamEndReason = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffffffff }))

/** State of a vBucket: 1 active, 2 replica, 3 pending, 4 dead. */
export const VBucketState = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xff }))

// ---- packets ------------------------------------------------------------------------------------------------------

/** A memcached packet as the proxy sees it. Requests name a vBucket, responses a status; both carry the opaque. */
export const Packet = Schema.TaggedUnion({
  AddStream: { vbucket: VBucket, opaque: Opaque, takeover: Schema.Boolean },
  AddStreamResponse: { opaque: Opaque, status: Status },
  CloseStream: { vbucket: VBucket, opaque: Opaque },
  CloseStreamResponse: { opaque: Opaque, status: Status },
  /** `takeover` is present, and true, only for a stream that moves the ownership of its vBucket. */
  StreamRequest: { vbucket: VBucket, opaque: Opaque, takeover: Schema.optionalKey(Schema.Boolean) },
  StreamRequestResponse: { opaque: Opaque, status: Status },
  StreamEnd: { vbucket: VBucket, opaque: Opaque, reason: StreamEndReason },
  SetVBucketState: { vbucket: VBucket, opaque: Opaque, state: VBucketState },
  SetVBucketStateResponse: { opaque: Opaque, status: Status },
  SnapshotMarker: { vbucket: VBucket, opaque: Opaque },
  Mutation: { vbucket: VBucket, opaque: Opaque },
  BufferAck: { opaque: Opaque },
  Noop: { opaque: Opaque },
  NoopResponse: { opaque: Opaque, status: Status },
  Control: { opaque: Opaque, key: Schema.String, value: Schema.String },
  ControlResponse: { opaque: Opaque, status: Status }
})
export type Packet = typeof Packet.Type

// ---- calls and replies --------------------------------------------------------------------------------------------

/** What a caller asks of the consumer connection (dossier 2.1). */
export const Request = Schema.TaggedUnion({
  GetPartitions: {},
  SetupStreams: { vbuckets: Schema.Array(VBucket) },
  MaybeCloseStream: { vbucket: VBucket },
  Takeover: { vbucket: VBucket },
  ShutConnection: {}
})
export type Request = typeof Request.Type

/** One thing that went wrong in a call: a response that was no success, or a stream that ended under the call. */
export const Failure = Schema.TaggedUnion({
  BadResponse: { status: Status, vbucket: VBucket },
  StreamEnded: { reason: StreamEndReason, vbucket: VBucket }
})
export type Failure = typeof Failure.Type

/** What a caller is told. */
export const ReplyValue = Schema.TaggedUnion({
  Ok: {},
  Refused: {},
  Partitions: { vbuckets: Schema.Array(VBucket) },
  /** Newest first. */
  Errors: { failures: Schema.Array(Failure) },
  TakeoverOnOpenStream: {},
  /** ADD_STREAM of a takeover was refused with this status. */
  DcpError: { status: Status },
  /** The takeover's stream ended before the vBucket became active. */
  TakeoverEnded: { reason: StreamEndReason },
  /** The call was overtaken by a shut of the connection. */
  Interrupted: {}
})
export type ReplyValue = typeof ReplyValue.Type

// ---- crash reasons ------------------------------------------------------------------------------------------------

/** Why a proxy process died. */
export const CrashReason = Schema.TaggedUnion({
  UnrecognizedOpaque: { opaque: Opaque },
  UnexpectedStreamEnd: { vbucket: VBucket },
  /** A packet did not have the shape that the state called for. */
  BadMatch: {},
  /** A log call with too few arguments (dossier 2.3, M23). */
  BadArgument: {},
  SocketClosed: {},
  Killed: {}
})
export type CrashReason = typeof CrashReason.Type

// ---- consumer connection ------------------------------------------------------------------------------------------

/** What the producer connection tells the consumer connection, asynchronously and in order. */
export const ProducerCast = Schema.TaggedUnion({
  ProducerStreamClosed: { opaque: Opaque, status: Status },
  ProducerStreamEnd: { vbucket: VBucket, opaque: Opaque, reason: StreamEndReason },
  SetVBucketStateSeen: { vbucket: VBucket, opaque: Opaque, state: VBucketState }
})
export type ProducerCast = typeof ProducerCast.Type

/** What a consumer connection may take. Source: ns_server dcp_consumer_conn.erl. */
export const ConsumerInput = Schema.TaggedUnion({
  Call: { call: CallId, request: Request },
  /** One chunk of the socket to the kv consumer: whole packets, in order. */
  FromKvConsumer: { packets: Schema.Array(Packet) },
  FromProducerConnection: { cast: ProducerCast },
  SocketClosed: {},
  Killed: {}
})
export type ConsumerInput = typeof ConsumerInput.Type

/** What a consumer connection may do because of one input, in order. */
export const ConsumerOutput = Schema.TaggedUnion({
  SendKvConsumer: { packet: Packet },
  /** One write to the kv producer's socket, after everything else of the chunk. */
  ForwardKvProducer: { packets: Schema.Array(Packet) },
  /** Ask the producer connection to close its side of a stream. */
  CastCloseStream: { vbucket: VBucket },
  Reply: { call: CallId, value: ReplyValue },
  Crash: { reason: CrashReason }
})
export type ConsumerOutput = typeof ConsumerOutput.Type

// ---- producer connection ------------------------------------------------------------------------------------------

/** What a producer connection may take. Source: ns_server dcp_producer_conn.erl. */
export const ProducerInput = Schema.TaggedUnion({
  /** One chunk of the socket to the kv producer: whole packets, in order. */
  FromKvProducer: { packets: Schema.Array(Packet) },
  CloseStreamCast: { vbucket: VBucket },
  SocketClosed: {},
  Killed: {}
})
export type ProducerInput = typeof ProducerInput.Type

/** What a producer connection may do because of one input, in order. */
export const ProducerOutput = Schema.TaggedUnion({
  CastConsumer: { cast: ProducerCast },
  SendKvProducer: { packet: Packet },
  /** One write to the kv consumer's socket, after everything else of the chunk. */
  ForwardKvConsumer: { packets: Schema.Array(Packet) },
  Crash: { reason: CrashReason }
})
export type ProducerOutput = typeof ProducerOutput.Type
