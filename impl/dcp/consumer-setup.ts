import type { ProducerCast } from "../../spec/dcp/messages.ts"
import type { Opaque, Status, VBucket } from "../../spec/ids.ts"
import { type Answer, idle, type Operation, Setup, type SetupPlan, shut } from "./consumer-operation.ts"
import { ConsumerStreams, type StreamEnd } from "./consumer-streams.ts"
import { CodecError, decode, type Frame, Opcode } from "./mcbp/index.ts"
import { isResponseTo, opaqueOf, statusOf } from "./packet-fields.ts"
import type { Fate } from "./proxy-process.ts"

/**
 * Setting up, closing and shutting: calls that open and close any number of streams and are answered at the end.
 *
 * The reply waits until every request of the call was answered by whom it was sent to. A stream that ends while its call
 * still runs is never passed over: before its ADD_STREAM response it ends the connection (a response may then not come
 * at all), afterwards it is a failure of the call.
 *
 * Source: ns_server dcp_consumer_conn.erl handle_call, handle_packet, handle_cast, maybe_reply_setup_streams; dossier
 * `dcp.md` 2.1 to 2.5.
 */
export abstract class ConsumerSetup extends ConsumerStreams {
  /** Opens what is wanted and not open, closes what is open and not wanted. */
  protected setupStreams(vbuckets: readonly VBucket[], answer: Answer): void {
    const wanted = this.withoutDuplicates(vbuckets)
    const kept = new Set(wanted)
    const toAdd = wanted.filter((vbucket) => !this.isOpen(vbucket))
    const toClose = this.openPartitions().filter((vbucket) => !kept.has(vbucket))
    if (toAdd.length === 0 && toClose.length === 0) this.reply(answer, { _tag: "Ok" })
    else {
      const toCloseOnProducer = this.closedOnProducerToo(toClose)
      this.begin(answer, { toAdd, toClose, toCloseOnProducer, wanted: kept, next: idle })
    }
  }

  /** Closes one stream, if it is open. */
  protected maybeCloseStream(vbucket: VBucket, answer: Answer): void {
    const others = this.openPartitions().filter((open) => open !== vbucket)
    this.setupStreams(others, answer)
  }

  /** Closes every stream and the connection to further calls. */
  protected shutWhenIdle(answer: Answer): void {
    const toClose = this.openPartitions()
    if (toClose.length === 0) {
      this.operation = shut
      this.reply(answer, { _tag: "Ok" })
    } else {
      const toCloseOnProducer = this.closedOnProducerAtShut(toClose)
      this.begin(answer, { toAdd: [], toClose, toCloseOnProducer, wanted: [], next: this.nextAfterShut() })
    }
  }

  /**
   * Takes a set-up that is stuck away from its caller and closes everything that it opened or asked for.
   *
   * Source: ns_server commit c67271517, MB-46253.
   */
  protected shutWhileBusy(setup: Setup, answer: Answer): void {
    const closing = new Set(setup.toClose)
    const more = [...setup.toAdd, ...this.openPartitions()].filter((vbucket) => !closing.has(vbucket))
    this.interruptOwner(setup)
    setup.owner = answer
    setup.wanted = new Set()
    setup.toClose.expect(more)
    setup.toCloseOnProducer = "ignore"
    setup.next = this.nextAfterShut()
    for (const vbucket of more) this.closeStream(vbucket, false)
    this.replyToShut(setup)
  }

  /** Answers a shut at once when all that the set-up still waited for was the producer, which a shut does not wait for. */
  protected replyToShut(setup: Setup): void {
    this.replyIfDone(setup)
  }

  /** Sends what a call asks for: requests to open, then for each stream to be closed the requests to both sides. */
  protected begin(answer: Answer, plan: SetupPlan): void {
    this.operation = new Setup(answer, plan)
    const onProducer = new Set(plan.toCloseOnProducer)
    for (const vbucket of plan.toAdd) this.addStream(vbucket, false)
    for (const vbucket of plan.toClose) this.closeStream(vbucket, onProducer.has(vbucket))
  }

  /** A packet from the kv consumer while a call runs. */
  protected packetDuringSetup(setup: Setup, frame: Frame): Fate {
    if (isResponseTo(frame, Opcode.AddStream)) {
      this.addStreamAnswered(setup, frame)
      return this.fateOfAwaitedResponse()
    }
    if (isResponseTo(frame, Opcode.CloseStream)) {
      this.closeStreamAnswered(setup, frame)
      return this.fateOfAwaitedResponse()
    }
    this.watchStreamRequest(frame)
    return "proxy"
  }

  /** The kv producer never asked for a stream to be added or closed, so it is not told how that went. */
  protected fateOfAwaitedResponse(): Fate {
    return "block"
  }

  private addStreamAnswered(setup: Setup, frame: Frame): void {
    // Decoded for its shape alone: extras are four bytes or none, and a proxy that misreads them is out of step.
    const response = decode(frame)
    if (response instanceof CodecError) this.crash({ _tag: "BadBytes", error: response })
    const vbucket = setup.toAdd.take(frame.opaque)
    if (vbucket === undefined && setup.late.take(frame.opaque) !== undefined) return
    if (vbucket === undefined) this.unrecognizedOpaque(opaqueOf(frame))
    else this.onStreamAdded(setup, vbucket, statusOf(frame))
    this.replyIfDone(setup)
  }

  private closeStreamAnswered(setup: Setup, frame: Frame): void {
    const vbucket = setup.toClose.take(frame.opaque)
    if (vbucket === undefined) this.unrecognizedOpaque(opaqueOf(frame))
    else {
      this.forgetPendingAdd(setup, vbucket)
      this.onStreamClosed(setup, vbucket, statusOf(frame))
    }
    this.replyIfDone(setup)
  }

  /** The kv producer's answer to a request to close, told by the producer connection. */
  protected producerStreamClosed(cast: Extract<ProducerCast, { readonly _tag: "ProducerStreamClosed" }>): void {
    const setup = this.operation
    if (setup._tag !== "setup") this.log.warn("nobody waits for the producer to close", { cast })
    else if (setup.toCloseOnProducer === "ignore") this.ignoreProducerClose(cast.opaque)
    else {
      const vbucket = setup.toCloseOnProducer.take(cast.opaque)
      if (vbucket === undefined) this.unrecognizedOpaque(cast.opaque)
      else this.onStreamClosed(setup, vbucket, cast.status)
      this.replyIfDone(setup)
    }
  }

  protected onStreamAdded(setup: Setup, vbucket: VBucket, status: Status): void {
    if (this.toleratedOnAdd(status)) this.addPartition(vbucket)
    else setup.fail({ _tag: "BadResponse", status, vbucket })
  }

  protected onStreamClosed(setup: Setup, vbucket: VBucket, status: Status): void {
    if (this.toleratedOnClose(status)) this.removePartition(vbucket)
    else setup.fail({ _tag: "BadResponse", status, vbucket })
  }

  /** Once a shut has closed a stream, its ADD_STREAM may be answered late or never: nobody waits for it any more. */
  protected forgetPendingAdd(setup: Setup, vbucket: VBucket): void {
    if (setup.toAdd.take(vbucket) !== undefined) setup.late.expect([vbucket])
  }

  /** A stream ended, as the producer connection says, while a call runs. */
  protected onStreamEndDuringSetup(setup: Setup, end: StreamEnd): void {
    if (this.endsOpenStream(end)) {
      this.onOpenStreamEnd(end)
      this.recordEndUnderCall(setup, end)
    } else if (this.endsAwaitedStream(setup, end)) this.onEndBeforeAddResponse(setup, end)
  }

  /** Whether an end is that of a stream whose ADD_STREAM was not answered yet. */
  protected endsAwaitedStream(setup: Setup, end: StreamEnd): boolean {
    return setup.toAdd.has(end.vbucket) && this.isCurrentEnd(end.vbucket, end.opaque)
  }

  /**
   * The response that this call waits for may never come, and if it comes it is about a stream that is over.
   *
   * Source: ns_server commit 77956b29c, MB-53445; what is given up is the connection, so that the caller learns it now.
   */
  protected onEndBeforeAddResponse(_setup: Setup, end: StreamEnd): void {
    this.crash({ _tag: "UnexpectedStreamEnd", vbucket: end.vbucket })
  }

  /** A stream that the call wants open ended after it was opened: the call has failed for it. */
  protected recordEndUnderCall(setup: Setup, { vbucket, reason }: StreamEnd): void {
    if (setup.wanted.has(vbucket)) setup.fail({ _tag: "StreamEnded", reason, vbucket })
  }

  /** Answers the caller at the first moment at which nothing is awaited any more. */
  protected replyIfDone(setup: Setup): void {
    if (!this.isDone(setup)) return
    this.operation = this.afterReply(setup)
    this.reply(setup.owner, setup.result)
  }

  protected isDone(setup: Setup): boolean {
    const { toAdd, toClose, toCloseOnProducer } = setup
    return toAdd.isEmpty && toClose.isEmpty && (toCloseOnProducer === "ignore" || toCloseOnProducer.isEmpty)
  }

  /** What the connection turns to with the reply. */
  protected afterReply(setup: Setup): Operation {
    return setup.next
  }

  /** What the connection turns to when a shut is answered: nothing more. */
  protected nextAfterShut(): Setup["next"] {
    return shut
  }

  /** A vBucket asked for twice is asked for once: two requests under one opaque could not be told apart. */
  protected withoutDuplicates(vbuckets: readonly VBucket[]): VBucket[] {
    return [...new Set(vbuckets)]
  }

  /** A call closes its streams on both sides, or the producer would go on sending. Source: MB-9343. */
  protected closedOnProducerToo(toClose: readonly VBucket[]): readonly VBucket[] {
    return toClose
  }

  /** A shut does not wait for a producer that may be dead. Source: MB-16064. */
  protected closedOnProducerAtShut(_toClose: readonly VBucket[]): readonly VBucket[] {
    return []
  }

  /** Tells the caller whose call is overtaken by a shut, who would otherwise wait forever. */
  protected interruptOwner(setup: Setup): void {
    this.reply(setup.owner, { _tag: "Interrupted" })
  }

  /** A shut that overtook a call waits for the kv consumer only. */
  protected ignoreProducerClose(opaque: Opaque): void {
    this.log.warn("the producer closed a stream that a shut no longer waits for", { opaque })
  }
}
