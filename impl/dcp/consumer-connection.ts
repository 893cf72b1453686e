import type { ProducerCast, ReplyValue, Request } from "../../spec/dcp/messages.ts"
import type { CallOptions } from "../runtime/process.ts"
import { type Answer, idle } from "./consumer-operation.ts"
import type { ConsumerOrder, StreamEnd } from "./consumer-streams.ts"
import { ConsumerTakeover } from "./consumer-takeover.ts"
import type { Frame } from "./mcbp/index.ts"
import type { Fate } from "./proxy-process.ts"

/**
 * The half of a proxy pair that faces the kv consumer, and the one that takes calls.
 *
 * It opens and closes streams by packets of its own, swallows the answers to those, and passes everything else on to the
 * kv producer. One operation at a time: a call that comes while another runs is refused.
 *
 * Source: ns_server dcp_consumer_conn.erl; dossier `dcp.md` 2.1 to 2.6.
 */
export class ConsumerConnection extends ConsumerTakeover {
  /** Makes a call and waits for its reply; rejects with `ProcessExit` if the connection dies first. */
  call(request: Request, options: CallOptions = {}): Promise<ReplyValue> {
    return this.ask((answer: Answer) => ({ _tag: "Order", order: { _tag: "Call", request, answer } }), options)
  }

  /** Makes a call whose every reply is handed to `answer`, at the moment at which it is given; none after a death. */
  submit(request: Request, answer: Answer): void {
    this.post({ _tag: "Order", order: { _tag: "Call", request, answer } })
  }

  /** Takes a message from the producer connection. */
  cast(cast: ProducerCast): void {
    this.post({ _tag: "Order", order: { _tag: "Cast", cast } })
  }

  protected override obey(order: ConsumerOrder): void {
    if (order._tag === "Call") this.onCall(order.request, order.answer)
    else this.onCast(order.cast)
  }

  protected onCall(request: Request, answer: Answer): void {
    const { operation } = this
    if (request._tag === "GetPartitions") {
      this.reply(answer, { _tag: "Partitions", vbuckets: this.openPartitions() })
    } else if (request._tag === "ShutConnection" && operation._tag === "setup") this.shutWhileBusy(operation, answer)
    else if (this.rejectWhileBusy()) this.refuse(request, answer)
    else this.onCallWhenIdle(request, answer)
  }

  /** Whether a call has to wait for better times: anything but idle refuses it. */
  protected rejectWhileBusy(): boolean {
    return this.operation !== idle
  }

  protected onCallWhenIdle(request: Request, answer: Answer): void {
    switch (request._tag) {
      case "SetupStreams":
        this.setupStreams(request.vbuckets, answer)
        break
      case "MaybeCloseStream":
        this.maybeCloseStream(request.vbucket, answer)
        break
      case "Takeover":
        this.takeover(request.vbucket, answer)
        break
      case "ShutConnection":
        this.shutWhenIdle(answer)
        break
      default:
        // Callers that are not type-checked, such as another version of this program, may ask for anything.
        this.refuse(request, answer)
    }
  }

  protected refuse(request: Request, answer: Answer): void {
    this.log.warn("a call is refused", { call: request._tag, during: this.operation._tag })
    this.reply(answer, { _tag: "Refused" })
  }

  protected override packetFate(frame: Frame): Fate {
    const { operation } = this
    switch (operation._tag) {
      case "setup":
        return this.packetDuringSetup(operation, frame)
      case "takeover":
        return this.packetDuringTakeover(operation, frame)
      case "shut":
        return this.packetWhenShut(frame)
      case "idle":
        this.watchStreamRequest(frame)
        return "proxy"
    }
  }

  /** Once shut, nothing more is said to the kv producer. */
  protected packetWhenShut(_frame: Frame): Fate {
    return "block"
  }

  protected onCast(cast: ProducerCast): void {
    switch (cast._tag) {
      case "ProducerStreamClosed":
        this.producerStreamClosed(cast)
        break
      case "ProducerStreamEnd":
        this.producerStreamEnd(cast)
        break
      case "SetVBucketStateSeen":
        this.setVBucketStateSeen(cast)
        break
      default:
        this.log.warn("a cast of an unknown kind is ignored", { cast })
    }
  }

  /** A stream ended, as the producer connection says; what that means depends on what is going on. */
  protected producerStreamEnd(end: StreamEnd): void {
    const { operation } = this
    if (operation._tag === "setup") this.onStreamEndDuringSetup(operation, end)
    else if (operation._tag === "takeover") this.onStreamEndDuringTakeover(operation, end)
    else if (operation._tag === "idle" && this.endsOpenStream(end)) this.onOpenStreamEnd(end)
  }
}
