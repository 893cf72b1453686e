import { Status, type StreamRequest, VBucketState } from "../mcbp/index.ts"
import type { VBucket } from "./vbucket.ts"

/** What a producer makes of a STREAM_REQ: it opens a stream of a vBucket, or says why not. */
export type Admission =
  | { readonly isAdmitted: true; readonly vbucket: VBucket }
  | { readonly isAdmitted: false; readonly status: number; readonly rollbackSeqno?: bigint }

/**
 * Judges a STREAM_REQ. `rollback` is a seqno that a misbehaviour demands to go back to, whatever the history says.
 *
 * Source: dossier `dcp.md` 2.9; kv_engine dcp/producer.cc streamRequest.
 */
export function admit(
  request: StreamRequest,
  vbucket: VBucket | undefined,
  hasStream: boolean,
  rollback: () => bigint | undefined
): Admission {
  const { startSeqno, endSeqno, vbucketUuid, snapStartSeqno, snapEndSeqno } = request
  if (vbucket?.state !== VBucketState.Active) return refused(Status.NotMyVbucket)
  if (startSeqno > endSeqno || startSeqno < snapStartSeqno || startSeqno > snapEndSeqno) return refused(Status.Erange)
  if (hasStream) return refused(Status.KeyEexists)
  const rollbackSeqno = rollback() ?? vbucket.rollbackPoint(startSeqno, vbucketUuid, snapStartSeqno, snapEndSeqno)
  return rollbackSeqno === undefined ? { isAdmitted: true, vbucket } : { ...refused(Status.Rollback), rollbackSeqno }
}

/** A refusal that says no more than a status. */
export function refused(status: number) {
  return { isAdmitted: false, status } as const
}
