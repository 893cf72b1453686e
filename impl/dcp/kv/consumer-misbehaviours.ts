import type { CommonMisbehaviours } from "./tamper.ts"

/**
 * Misbehaviours of a kv consumer, by name, with their parameters.
 *
 * The first five are the ways in which kv never answers an ADD_STREAM although the connection stays up. With none of
 * them on, every ADD_STREAM is answered or the connection breaks. Source: dossier `dcp.md` 2.8 (a) to (e).
 */
export interface ConsumerMisbehaviours extends CommonMisbehaviours {
  /** (a) The answer waits until the producer ends the stream, and goes with the stream. */
  readonly dropAddAnswerOnStreamEnd: object
  /** (b) The vBucket is deleted before the stream can be accepted; nobody is told. */
  readonly vbucketDeletedSilently: object
  /** (c) A stream closed while its STREAM_REQ is unanswered is no longer answered. */
  readonly closeWhilePendingLosesAnswer: object
  /** (d) The vBucket becomes active (or `state`) when the answer is queued, which removes the stream and the answer. */
  readonly vbucketStateChangeDropsAnswer: { readonly state?: number }
  /** (e) The rollback that the producer demanded is given up. */
  readonly rollbackAborted: object
  /** The answer waits until this is switched off and survives the end of its stream (MB-51223). */
  readonly answerAddLate: object
  /** ADD_STREAM is answered twice. */
  readonly answerTwice: object
  /** ADD_STREAM is answered under an opaque that nobody chose: `opaque`, or the right one with its top bit flipped. */
  readonly wrongOpaque: { readonly opaque?: number }
  /** ADD_STREAM is answered with this status, and no stream is started; with Success that is a lie. */
  readonly refuseAdd: { readonly status: number }
  /** CLOSE_STREAM closes the stream and is not answered. */
  readonly neverAnswerClose: object
  /** CLOSE_STREAM removes the stream and answers that there was none: `status`, or what the connection uses for that. */
  readonly closeAnswersNotFound: { readonly status?: number }
}
