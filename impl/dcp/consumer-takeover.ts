import type { ProducerCast } from "../../spec/dcp/messages.ts"
import type { Opaque, VBucket } from "../../spec/ids.ts"
import { type Answer, idle, Takeover } from "./consumer-operation.ts"
import { ConsumerSetup } from "./consumer-setup.ts"
import type { StreamEnd } from "./consumer-streams.ts"
import { type Frame, Opcode, Status, VBucketState } from "./mcbp/index.ts"
import { isRequest, isResponseTo, opaqueOf, statusOf, vbucketOf } from "./packet-fields.ts"
import type { Fate } from "./proxy-process.ts"

/**
 * Taking over a vBucket: a stream at whose end the kv consumer's vBucket is active.
 *
 * Two things must be seen before the reply, in either order: ADD_STREAM was accepted, and the kv consumer acknowledged
 * SET_VBUCKET_STATE(active) under the stream's own opaque, which is learned from STREAM_REQ.
 *
 * Source: ns_server dcp_consumer_conn.erl takeover clauses, maybe_reply_takeover (MB-10779, MB-10465); dossier 2.6.
 */
export abstract class ConsumerTakeover extends ConsumerSetup {
  protected takeover(vbucket: VBucket, answer: Answer): void {
    if (this.takeoverForbidden(vbucket)) this.reply(answer, { _tag: "TakeoverOnOpenStream" })
    else {
      this.operation = new Takeover(answer, vbucket)
      this.addStream(vbucket, true)
    }
  }

  /** A vBucket is not taken over through a stream that is open already. */
  protected takeoverForbidden(vbucket: VBucket): boolean {
    return this.isOpen(vbucket)
  }

  /** A packet from the kv consumer while a takeover runs. */
  protected packetDuringTakeover(takeover: Takeover, frame: Frame): Fate {
    if (isResponseTo(frame, Opcode.AddStream) && !takeover.openAck) {
      this.takeoverAddAnswered(takeover, frame)
      return this.fateOfAwaitedResponse()
    }
    if (isRequest(frame, Opcode.StreamRequest)) this.takeoverStreamRequested(takeover, frame)
    else if (isResponseTo(frame, Opcode.SetVBucketState)) this.takeoverStateAnswered(takeover, frame)
    return "proxy"
  }

  private takeoverAddAnswered(takeover: Takeover, frame: Frame): void {
    const status = statusOf(frame)
    if (frame.opaque !== takeover.vbucket) this.unrecognizedOpaque(opaqueOf(frame))
    else if (this.toleratedOnAdd(status)) {
      takeover.openAck = true
      this.onTakeoverAdded(takeover, frame)
      this.replyIfTakeoverDone(takeover)
    } else {
      this.operation = idle
      this.reply(takeover.owner, { _tag: "DcpError", status })
    }
  }

  /** The response says that the stream is open; its opaque is known already, or will be, from STREAM_REQ. */
  protected onTakeoverAdded(_takeover: Takeover, _response: Frame): void {}

  private takeoverStreamRequested(takeover: Takeover, request: Frame): void {
    this.watchStreamRequest(request)
    if (takeover.phase !== "requested") return
    if (vbucketOf(request) !== takeover.vbucket) this.crash({ _tag: "BadMatch" })
    this.onTakeoverStreamRequest(takeover, opaqueOf(request))
  }

  /** STREAM_REQ shows the opaque that the stream's messages will carry. */
  protected onTakeoverStreamRequest(takeover: Takeover, opaque: Opaque): void {
    takeover.opaque = opaque
    takeover.phase = "opaqueKnown"
  }

  private takeoverStateAnswered(takeover: Takeover, response: Frame): void {
    if (takeover.phase !== "opaqueKnown" || response.opaque !== takeover.opaque) return
    if (statusOf(response) !== Status.Success) return
    if (takeover.requestedState === VBucketState.Active) {
      takeover.phase = "active"
      this.replyIfTakeoverDone(takeover)
    } else takeover.requestedState = undefined
  }

  /** The kv producer asks the kv consumer to change the vBucket's state, as the producer connection says. */
  protected setVBucketStateSeen(cast: Extract<ProducerCast, { readonly _tag: "SetVBucketStateSeen" }>): void {
    const takeover = this.operation
    const expected =
      takeover._tag === "takeover" && takeover.phase === "opaqueKnown" && takeover.requestedState === undefined
    if (!expected) this.log.warn("a change of vBucket state that no takeover waits for", { cast })
    else if (cast.opaque === takeover.opaque) takeover.requestedState = cast.state
  }

  /** A stream ended while a takeover runs: another open one, or the takeover's own. */
  protected onStreamEndDuringTakeover(takeover: Takeover, end: StreamEnd): void {
    if (this.endsOpenStream(end)) this.onOpenStreamEnd(end)
    else if (end.vbucket === takeover.vbucket && this.isCurrentEnd(end.vbucket, end.opaque)) {
      this.onTakeoverStreamEnd(takeover, end)
    }
  }

  /**
   * The takeover's stream ended before the takeover did, so nothing that it waits for will come.
   *
   * Without a response to ADD_STREAM this is the situation of a set-up, and gives up the connection as that does.
   */
  protected onTakeoverStreamEnd(takeover: Takeover, { reason, vbucket }: StreamEnd): void {
    if (!takeover.openAck) this.crash({ _tag: "UnexpectedStreamEnd", vbucket })
    this.operation = idle
    this.reply(takeover.owner, { _tag: "TakeoverEnded", reason })
  }

  protected replyIfTakeoverDone(takeover: Takeover): void {
    if (!this.takeoverDone(takeover)) return
    this.operation = idle
    this.reply(takeover.owner, { _tag: "Ok" })
  }

  protected takeoverDone(takeover: Takeover): boolean {
    return takeover.openAck && takeover.phase === "active"
  }
}
