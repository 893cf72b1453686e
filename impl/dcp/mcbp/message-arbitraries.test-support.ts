/** Arbitrary messages: every tag, every field over its whole range with the corners likely. */
import fc from "fast-check"
import type { FrameInfo } from "./framing-extras.ts"
import { type Message, type Other, plainRequest, type StatusResponseTag } from "./messages.ts"
import { Status } from "./status.ts"

const u8 = fc.integer({ min: 0, max: 0xff })
const u16 = fc.integer({ min: 0, max: 0xffff })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn })
const bytes = (maxLength: number) => fc.uint8Array({ maxLength })
const text = (minLength: number) => fc.string({ unit: "grapheme", minLength, maxLength: 20 })

const frameInfo: fc.Arbitrary<FrameInfo> = fc.record({ id: fc.integer({ min: 0, max: 270 }), data: bytes(40) })
const frameInfos = fc.oneof(
  { weight: 3, arbitrary: fc.constant(plainRequest.frameInfos) },
  { weight: 1, arbitrary: fc.array(frameInfo, { minLength: 1, maxLength: 3 }) }
)

const envelope = { opaque: u32, cas: fc.oneof(fc.constant(0n), u64), datatype: u8, frameInfos }
const failure = u16.filter((status) => status !== Status.Success && status !== Status.Rollback)

const request = <const Tag>(tag: Tag) => ({ _tag: fc.constant(tag), vbucket: u16, ...envelope })
const response = <const Tag>(tag: Tag) => ({ _tag: fc.constant(tag), ...envelope })

const emptyValue = fc.constant(new Uint8Array(0))
const succeeded = { status: fc.constant(Status.Success), value: emptyValue }
const failed = { status: failure, value: bytes(40) }

function statusResponse<Tag extends StatusResponseTag>(tag: Tag) {
  return fc.oneof(fc.record({ ...response(tag), ...succeeded }), fc.record({ ...response(tag), ...failed }))
}

const snapshot = { startSeqno: u64, endSeqno: u64, flags: u32 }
const snapshotV20 = { ...snapshot, maxVisibleSeqno: u64, highCompletedSeqno: u64 }
const snapshotV22 = { ...snapshotV20, purgeSeqno: u64, highPreparedSeqno: u64 }
const streamOpaque = fc.option(u32, { nil: undefined })
const noLog = { failoverLog: fc.constant([]), rollbackSeqno: fc.constant(undefined) }

/** An arbitrary for every message tag but `Other`, which has no fields of its own. */
export const messagesByTag: Record<Exclude<Message["_tag"], "Other">, fc.Arbitrary<Exclude<Message, Other>>> = {
  Hello: fc.record({ ...request("Hello"), agent: text(0), features: fc.array(u16, { maxLength: 8 }) }),
  SaslAuth: fc.record({ ...request("SaslAuth"), mechanism: text(1), payload: bytes(40) }),
  SelectBucket: fc.record({ ...request("SelectBucket"), bucket: text(0) }),
  Open: fc.record({
    ...request("Open"),
    reserved: u32,
    flags: u32,
    name: text(1).filter(isConnectionName),
    value: text(0)
  }),
  AddStream: fc.record({ ...request("AddStream"), flags: u32 }),
  CloseStream: fc.record(request("CloseStream")),
  StreamRequest: fc.record({
    ...request("StreamRequest"),
    flags: u32,
    reserved: u32,
    startSeqno: u64,
    endSeqno: u64,
    vbucketUuid: u64,
    snapStartSeqno: u64,
    snapEndSeqno: u64,
    value: text(0)
  }),
  StreamEnd: fc.record({ ...request("StreamEnd"), reason: u32 }),
  SnapshotMarker: fc.oneof(
    fc.record({ ...request("SnapshotMarker"), version: fc.constant("V1" as const), ...snapshot }),
    fc.record({ ...request("SnapshotMarker"), version: fc.constant("V2.0" as const), ...snapshotV20 }),
    fc.record({ ...request("SnapshotMarker"), version: fc.constant("V2.2" as const), ...snapshotV22 })
  ),
  Mutation: fc.record({
    ...request("Mutation"),
    bySeqno: u64,
    revSeqno: u64,
    flags: u32,
    expiration: u32,
    lockTime: u32,
    nmeta: u16,
    nru: u8,
    key: bytes(250),
    value: bytes(100)
  }),
  SetVBucketState: fc.record({ ...request("SetVBucketState"), state: u8 }),
  Noop: fc.record(request("Noop")),
  BufferAck: fc.record({ ...request("BufferAck"), ackedBytes: u32 }),
  Control: fc.record({ ...request("Control"), key: text(1), value: text(1) }),
  HelloResponse: fc.oneof(
    fc.record({ ...response("HelloResponse"), ...succeeded, features: fc.array(u16, { maxLength: 8 }) }),
    fc.record({ ...response("HelloResponse"), ...failed, features: fc.constant([]) })
  ),
  AddStreamResponse: fc.oneof(
    fc.record({ ...response("AddStreamResponse"), ...succeeded, streamOpaque }),
    fc.record({ ...response("AddStreamResponse"), ...failed, streamOpaque })
  ),
  StreamRequestResponse: fc.oneof(
    fc.record({
      ...response("StreamRequestResponse"),
      ...succeeded,
      ...noLog,
      failoverLog: fc.array(fc.record({ vbucketUuid: u64, seqno: u64 }), { minLength: 1, maxLength: 5 })
    }),
    fc.record({
      ...response("StreamRequestResponse"),
      status: fc.constant(Status.Rollback),
      value: emptyValue,
      ...noLog,
      rollbackSeqno: u64
    }),
    fc.record({ ...response("StreamRequestResponse"), ...failed, ...noLog })
  ),
  SaslAuthResponse: fc.record({ ...response("SaslAuthResponse"), status: u16, value: bytes(40) }),
  SelectBucketResponse: statusResponse("SelectBucketResponse"),
  OpenResponse: statusResponse("OpenResponse"),
  CloseStreamResponse: statusResponse("CloseStreamResponse"),
  StreamEndResponse: statusResponse("StreamEndResponse"),
  SnapshotMarkerResponse: statusResponse("SnapshotMarkerResponse"),
  MutationResponse: statusResponse("MutationResponse"),
  SetVBucketStateResponse: statusResponse("SetVBucketStateResponse"),
  NoopResponse: statusResponse("NoopResponse"),
  BufferAckResponse: statusResponse("BufferAckResponse"),
  ControlResponse: statusResponse("ControlResponse")
}

/** Any message but `Other`, each tag equally likely. */
export const anyMessage: fc.Arbitrary<Exclude<Message, Other>> = fc.oneof(...Object.values(messagesByTag))

function isConnectionName(name: string): boolean {
  return Buffer.byteLength(name) <= 200
}
