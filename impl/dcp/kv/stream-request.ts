import { plainRequest, type StreamRequest } from "../mcbp/index.ts"
import type { PassiveStream } from "./passive-stream.ts"
import { smaller, type VBucket } from "./vbucket.ts"

/** The end of a stream that is to go on for ever. */
const noEnd = 0xffff_ffff_ffff_ffffn

/**
 * The STREAM_REQ with which a consumer continues where its vBucket stands.
 *
 * Source: dossier `dcp.md` 4.2; kv_engine dcp/passive_stream.cc streamRequest.
 */
export function streamRequest(stream: PassiveStream, vbucket: VBucket): StreamRequest {
  const startSeqno = vbucket.highSeqno
  const { start, end } = vbucket.snapshot
  return {
    ...plainRequest,
    _tag: "StreamRequest",
    vbucket: stream.vbucket,
    opaque: stream.headerOpaque,
    flags: stream.flags,
    reserved: 0,
    startSeqno,
    endSeqno: noEnd,
    // Without history there is no branch to continue on.
    vbucketUuid: startSeqno === 0n ? 0n : vbucket.failoverLog[stream.branch]!.vbucketUuid,
    snapStartSeqno: smaller(start, startSeqno),
    snapEndSeqno: end,
    value: '{"uid":"0"}'
  }
}
