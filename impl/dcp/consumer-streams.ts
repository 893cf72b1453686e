import type { ProducerCast, ProducerInput, ReplyValue, Request } from "../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../spec/ids.ts"
import { type Answer, idle, type Operation } from "./consumer-operation.ts"
import { type Frame, Opcode, Status as StatusCode } from "./mcbp/index.ts"
import { addStreamPacket, closeStreamPacket, isRequest, opaqueOf, vbucketOf } from "./packet-fields.ts"
import { ProxyProcess } from "./proxy-process.ts"

/** What the consumer connection asks of the producer connection. */
export type CloseStreamCast = Extract<ProducerInput, { readonly _tag: "CloseStreamCast" }>

/** The end of a stream, as the producer connection reports it. */
export type StreamEnd = Extract<ProducerCast, { readonly _tag: "ProducerStreamEnd" }>

/** What other processes put into the mailbox of a consumer connection. */
export type ConsumerOrder =
  | { readonly _tag: "Call"; readonly request: Request; readonly answer: Answer }
  | { readonly _tag: "Cast"; readonly cast: ProducerCast }

/**
 * What a consumer connection knows of its streams, whatever it is busy with: which are open, and which opaque is theirs.
 *
 * A stream's *incarnation* begins with an ADD_STREAM and is known by the opaque of the first STREAM_REQ for its vBucket
 * that passes afterwards. The end of an earlier incarnation may arrive long after the next one began, so an end counts
 * only if it carries that opaque.
 *
 * Source: dossier `dcp.md` 1.3 and 5, incarnation; 7-A1 for why the shipped code cannot tell.
 */
export abstract class ConsumerStreams extends ProxyProcess<ConsumerOrder, CloseStreamCast> {
  /** What the connection is busy with. */
  protected operation: Operation = idle
  /** Streams believed open; a takeover's stream is never among them. */
  readonly #partitions = new Set<VBucket>()
  /** Opaque of each vBucket's latest incarnation; undefined from its ADD_STREAM until its STREAM_REQ. */
  readonly #incarnations = new Map<VBucket, Opaque | undefined>()

  /** The streams believed open, in ascending order. */
  protected openPartitions(): VBucket[] {
    return [...this.#partitions].sort((a, b) => a - b)
  }

  protected isOpen(vbucket: VBucket): boolean {
    return this.#partitions.has(vbucket)
  }

  protected addPartition(vbucket: VBucket): void {
    this.#partitions.add(vbucket)
  }

  protected removePartition(vbucket: VBucket): void {
    this.#partitions.delete(vbucket)
  }

  /** Asks the kv consumer to open a stream, which begins an incarnation. */
  protected addStream(vbucket: VBucket, takeover: boolean): void {
    this.#incarnations.set(vbucket, undefined)
    this.send(addStreamPacket(vbucket, takeover))
  }

  /**
   * Asks for a stream to be closed, at the kv consumer first: a producer closed first would end the stream, and the kv
   * consumer might see that end before the request to close (dossier O3).
   */
  protected closeStream(vbucket: VBucket, onProducerToo: boolean): void {
    this.send(closeStreamPacket(vbucket))
    if (onProducerToo) this.tellPartner({ _tag: "CloseStreamCast", vbucket })
  }

  /** Watches STREAM_REQ go by, for the opaque of the incarnation that it belongs to. */
  protected watchStreamRequest(frame: Frame): void {
    if (isRequest(frame, Opcode.StreamRequest)) this.learnOpaque(vbucketOf(frame), opaqueOf(frame))
  }

  /** Takes the first opaque after an ADD_STREAM as the incarnation's; a repeated request changes nothing. */
  protected learnOpaque(vbucket: VBucket, opaque: Opaque): void {
    if (this.#incarnations.has(vbucket) && this.#incarnations.get(vbucket) === undefined) {
      this.#incarnations.set(vbucket, opaque)
    }
  }

  /** Whether a STREAM_END with this opaque ends the vBucket's latest incarnation, rather than an earlier one. */
  protected isCurrentEnd(vbucket: VBucket, opaque: Opaque): boolean {
    return this.#incarnations.get(vbucket) === opaque
  }

  /** Whether an end is that of an open stream. */
  protected endsOpenStream(end: StreamEnd): boolean {
    return this.isOpen(end.vbucket) && this.isCurrentEnd(end.vbucket, end.opaque)
  }

  /** Takes a stream that ended off the list of those believed open. */
  protected onOpenStreamEnd(end: StreamEnd): void {
    this.removePartition(end.vbucket)
  }

  /** Whether a response to ADD_STREAM with this status means that the stream is open. */
  protected toleratedOnAdd(status: Status): boolean {
    return status === StatusCode.Success
  }

  /** Whether a response to CLOSE_STREAM with this status means that the stream is gone; it may have been before. */
  protected toleratedOnClose(status: Status): boolean {
    return status === StatusCode.Success || status === StatusCode.KeyEnoent || status === StatusCode.DcpStreamNotFound
  }

  /** An answer to a question that was not asked: both sides disagree on what is open, and only a new connection helps. */
  protected unrecognizedOpaque(opaque: Opaque): void {
    this.crash({ _tag: "UnrecognizedOpaque", opaque })
  }

  protected reply(answer: Answer, value: ReplyValue): void {
    // After a death callers learn of the exit and of nothing else.
    if (this.isAlive) answer(value)
  }
}
