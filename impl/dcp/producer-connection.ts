import type { ProducerCast } from "../../spec/dcp/messages.ts"
import type { CloseStreamCast } from "./consumer-streams.ts"
import { decode, type Frame, type Message, Opcode } from "./mcbp/index.ts"
import { closeStreamPacket, isRequest, isResponseTo, opaqueOf, statusOf, vbucketOf } from "./packet-fields.ts"
import { type Fate, ProxyProcess } from "./proxy-process.ts"

/**
 * The half of a proxy pair that faces the kv producer. It remembers nothing.
 *
 * It tells the consumer connection what concerns it, swallows the answers to requests it was asked to send, and passes
 * everything else on to the kv consumer.
 *
 * Source: ns_server dcp_producer_conn.erl; dossier `dcp.md` 2.4.
 */
export class ProducerConnection extends ProxyProcess<CloseStreamCast, ProducerCast> {
  /** Takes a message from the consumer connection. */
  cast(cast: CloseStreamCast): void {
    this.post({ _tag: "Order", order: cast })
  }

  protected override obey(cast: CloseStreamCast): void {
    if (cast._tag === "CloseStreamCast") this.send(closeStreamPacket(cast.vbucket))
    else this.log.warn("a cast of an unknown kind is ignored", { cast })
  }

  protected override packetFate(frame: Frame): Fate {
    if (isRequest(frame, Opcode.StreamEnd)) return this.onStreamEnd(frame)
    if (isResponseTo(frame, Opcode.CloseStream)) return this.onCloseStreamResponse(frame)
    if (isRequest(frame, Opcode.SetVBucketState)) return this.onSetVBucketState(frame)
    return "proxy"
  }

  /** The kv consumer has to know as well, or it would keep a stream that is over. */
  protected onStreamEnd(frame: Frame): Fate {
    const { reason } = this.decodeAs("StreamEnd", frame)
    this.tellPartner({ _tag: "ProducerStreamEnd", vbucket: vbucketOf(frame), opaque: opaqueOf(frame), reason })
    return "proxy"
  }

  /** The request was this proxy's own, so the kv consumer is not told how it went. */
  protected onCloseStreamResponse(frame: Frame): Fate {
    this.tellPartner({ _tag: "ProducerStreamClosed", opaque: opaqueOf(frame), status: statusOf(frame) })
    return "block"
  }

  protected onSetVBucketState(frame: Frame): Fate {
    const { state } = this.decodeAs("SetVBucketState", frame)
    this.tellPartner({ _tag: "SetVBucketStateSeen", vbucket: vbucketOf(frame), opaque: opaqueOf(frame), state })
    return "proxy"
  }

  /** Reads a packet whose content matters; one of another shape ends the connection. */
  private decodeAs<Tag extends Message["_tag"]>(tag: Tag, frame: Frame): Extract<Message, { readonly _tag: Tag }> {
    const message = decode(frame)
    if (message._tag !== tag) this.crash({ _tag: "BadMatch" })
    return message as Extract<Message, { readonly _tag: Tag }>
  }
}
