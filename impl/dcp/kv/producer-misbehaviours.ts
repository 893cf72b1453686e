import type { CommonMisbehaviours } from "./tamper.ts"

/** Misbehaviours of a kv producer, by name, with their parameters. */
export interface ProducerMisbehaviours extends CommonMisbehaviours {
  /** (f) STREAM_REQ is not looked at until this is switched off. Source: dossier `dcp.md` 2.8. */
  readonly neverAnswerStreamRequest: object
  /** The end of the stream is in the same chunk as the STREAM_REQ response, behind it (MB-53445). */
  readonly endStreamRightAfterAccept: { readonly reason: number }
  /**
   * The stream ends when the next message comes from its consumer, hence never in the chunk of the STREAM_REQ response.
   * Data brings such a message (BUFFER_ACK), as does `sendNoop`.
   */
  readonly endStreamLater: { readonly reason: number }
  /**
   * A vBucket's second stream is accepted together with a STREAM_END of its first: the one that its close has queued,
   * which waits for this, or one made up. With `reason`, or Closed.
   */
  readonly staleEnd: { readonly reason?: number }
  /** STREAM_REQ is refused; with Rollback it is sent back to 0, with Success it is judged as ever. */
  readonly refuseStream: { readonly status: number }
  /** STREAM_REQ is answered with a rollback, once per stream opaque, or consumer and producer would never stop. */
  readonly rollbackTo: { readonly seqno: bigint }
  /** STREAM_REQ is answered twice. */
  readonly answerTwice: object
  /** STREAM_REQ is answered under another opaque: `opaque`, or the right one with its top bit flipped. */
  readonly wrongOpaque: { readonly opaque?: number }
  /** A STREAM_REQ that succeeds is answered without a failover log. */
  readonly emptyFailoverLog: object
  /** CLOSE_STREAM closes the stream and is not answered. */
  readonly neverAnswerClose: object
  /** CLOSE_STREAM drops the stream, without a STREAM_END, and answers that there was none: `status`, or KeyEnoent. */
  readonly closeAnswersNotFound: { readonly status?: number }
  /** A takeover stops before the vBucket is handed over: SET_VBUCKET_STATE(active) is never sent. */
  readonly stallTakeover: object
}
