import {
  decode,
  encode,
  type Frame,
  FrameSplitter,
  type Message,
  plainRequest,
  plainResponse,
  statusName
} from "./mcbp/index.ts"

/** Packets as kv sends them, made short for stories. */
export const packet = {
  addResponse: (opaque: number, status = 0) =>
    encode({
      _tag: "AddStreamResponse",
      ...plainResponse,
      opaque,
      status,
      streamOpaque: status === 0 ? 100 + opaque : undefined
    }),
  closeResponse: (opaque: number, status = 0) =>
    encode({ _tag: "CloseStreamResponse", ...plainResponse, opaque, status }),
  streamRequest: (vbucket: number, opaque: number) =>
    encode({
      _tag: "StreamRequest",
      ...plainRequest,
      vbucket,
      opaque,
      flags: 0,
      reserved: 0,
      startSeqno: 0n,
      endSeqno: 0xffff_ffff_ffff_ffffn,
      vbucketUuid: 0n,
      snapStartSeqno: 0n,
      snapEndSeqno: 0n,
      value: '{"uid":"0"}'
    }),
  streamRequestResponse: (opaque: number, status = 0) =>
    encode({
      _tag: "StreamRequestResponse",
      ...plainResponse,
      opaque,
      status,
      failoverLog: status === 0 ? [{ vbucketUuid: 1n, seqno: 0n }] : [],
      rollbackSeqno: undefined
    }),
  streamEnd: (vbucket: number, opaque: number, reason = 2) =>
    encode({ _tag: "StreamEnd", ...plainRequest, vbucket, opaque, reason }),
  setState: (vbucket: number, opaque: number, state: number) =>
    encode({ _tag: "SetVBucketState", ...plainRequest, vbucket, opaque, state }),
  setStateResponse: (opaque: number, status = 0) =>
    encode({ _tag: "SetVBucketStateResponse", ...plainResponse, opaque, status }),
  noop: (opaque: number) => encode({ _tag: "Noop", ...plainRequest, opaque }),
  bufferAck: (opaque: number) => encode({ _tag: "BufferAck", ...plainRequest, opaque, ackedBytes: 4096 }),
  mutation: (vbucket: number, opaque: number, value = "v") =>
    encode({
      _tag: "Mutation",
      ...plainRequest,
      vbucket,
      opaque,
      bySeqno: 1n,
      revSeqno: 1n,
      flags: 0,
      expiration: 0,
      lockTime: 0,
      nmeta: 0,
      nru: 0,
      key: Buffer.from("k"),
      value: Buffer.from(value)
    })
}

/** All packets in some bytes, one line each, such as `STREAM_END vb5 op29`. */
export function tellPackets(bytes: Uint8Array): string[] {
  const { frames, error } = new FrameSplitter().push(bytes)
  if (error !== undefined) throw error
  return frames.map(tellPacket)
}

function tellPacket(frame: Frame): string {
  const message = decode(frame) as Message
  const response = frame.name.endsWith("response")
  const subject = response ? statusName(frame.vbucketOrStatus) : `vb${frame.vbucketOrStatus}`
  const takeover = message._tag === "AddStream" && message.flags === 1 ? " takeover" : ""
  return `${frame.name} ${subject} op${frame.opaque}${takeover}`
}
