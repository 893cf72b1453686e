import {
  type AddStream,
  AddStreamFlag,
  type CloseStream,
  type Frame,
  littleEndianHostOpaque,
  type Message,
  type SetVBucketState,
  Status,
  type StreamEnd,
  type StreamRequestResponse,
  VBucketState
} from "../mcbp/index.ts"
import { AddAnswers, type AddAnswersNode } from "./add-answers.ts"
import { addStreamAnswer, answer, isRequest, refusal } from "./answers.ts"
import { ControlNegotiation, type ControlPair } from "./control-negotiation.ts"
import { DataIntake } from "./data-intake.ts"
import type { KvConnection, Role } from "./kv-connection.ts"
import { PassiveStream } from "./passive-stream.ts"
import { streamRequest } from "./stream-request.ts"
import type { VBucketTable } from "./vbucket.ts"

/** What a consumer connection needs of its node. */
export interface ConsumerNode extends AddAnswersNode {
  readonly vbuckets: VBucketTable
  readonly controls: readonly ControlPair[]
  /** Bytes of data after which they are acknowledged. */
  readonly ackAfterBytes: number
  /** Whether some connection of the node has a stream for the vBucket that is not dead. */
  hasLiveStream(vbucket: number): boolean
  setVBucketState(vbucket: number, state: number): void
}

const knownFlags = Object.values(AddStreamFlag).reduce((all: number, flag) => all | flag, 0)

/**
 * The consuming side of a DCP connection. It says nothing before the first ADD_STREAM.
 *
 * Source: dossier `dcp.md` 2.8; kv_engine dcp/consumer.cc and dcp/passive_stream.cc.
 */
export class ConsumerRole implements Role {
  readonly #connection: KvConnection
  readonly #node: ConsumerNode
  readonly #controls: ControlNegotiation
  readonly #data: DataIntake
  readonly #answers: AddAnswers
  readonly #streams = new Map<number, PassiveStream>()
  /** Streams whose STREAM_REQ is unanswered, by header opaque; an entry outlives its stream. */
  readonly #requested = new Map<number, PassiveStream>()
  readonly #queuedAdds: AddStream[] = []
  /** Shared by streams, CONTROLs and BUFFER_ACKs. */
  #opaqueCounter = 0
  #isAwake = false

  constructor(connection: KvConnection, node: ConsumerNode) {
    this.#connection = connection
    this.#node = node
    this.#controls = new ControlNegotiation(node.controls)
    this.#data = new DataIntake(node.vbuckets, node.ackAfterBytes)
    this.#answers = new AddAnswers(node)
  }

  get connectionId(): number {
    return this.#connection.id
  }

  /** The streams in the map, the dead ones that await their STREAM_END included. */
  get streams(): readonly PassiveStream[] {
    return [...this.#streams.values()]
  }

  /** Removes a stream with what it had to say. Source: consumer.cc closeStreamDueToVbStateChange. */
  removeStream(vbucket: number): void {
    this.#streams.delete(vbucket)
  }

  receive(message: Message, frame: Frame): void {
    switch (message._tag) {
      case "AddStream":
        this.#addStream(message)
        return
      case "CloseStream":
        this.#closeStream(message)
        return
      case "StreamRequestResponse":
        this.#streamRequestAnswered(message)
        return
      case "StreamEnd":
        this.#streamEnd(message)
        return
      case "SnapshotMarker":
        this.#data.count(frame.bytes.length)
        this.#data.mark(this.#streams.get(message.vbucket), message)
        return
      case "Mutation":
        this.#data.count(frame.bytes.length)
        this.#data.take(this.#streams.get(message.vbucket), message)
        return
      case "SetVBucketState":
        this.#setVBucketState(message)
        return
      case "Noop":
        this.#connection.send(answer("NoopResponse", message.opaque, Status.Success))
        return
      case "ControlResponse":
        if (!this.#controls.answered(message.opaque, message.status)) this.#violation("CONTROL response to no offer")
        return
      case "Other":
        // Data of kinds that this consumer has no use for, such as deletions.
        if (isRequest(frame)) this.#data.count(frame.bytes.length)
        return
      default:
        if (isRequest(frame)) this.#connection.sendBytes(refusal(frame, Status.Einval))
    }
  }

  step(): void {
    if (!this.#isAwake || this.#connection.heldBack) return
    const opaque = () => littleEndianHostOpaque(this.#nextOpaque())
    const hasFlowControl = this.#controls.accepted("connection_buffer_size")
    const unasked = [hasFlowControl ? this.#data.acknowledge(opaque) : undefined, this.#controls.next(opaque)]
    for (const message of unasked) if (message !== undefined) this.#connection.send(message)
    if (!this.#controls.isDone) return
    this.#addQueued()
    for (const stream of this.#streams.values()) {
      this.#rollBack(stream)
      for (const message of this.#answers.ready(stream)) this.#connection.send(message)
    }
    for (const message of this.#answers.late()) this.#connection.send(message)
  }

  // ---- messages from the proxy itself -----------------------------------------------------------------------------

  #addStream(add: AddStream): void {
    this.#isAwake = true
    if (!this.#controls.isDone) {
      this.#queuedAdds.push(add)
      return
    }
    const status = this.#startStream(add)
    if (status !== undefined) this.#connection.send(addStreamAnswer(add.opaque, status, undefined))
  }

  #addQueued(): void {
    for (const add of this.#queuedAdds.splice(0)) {
      const status = this.#startStream(add)
      if (status !== undefined) this.#connection.send(addStreamAnswer(add.opaque, status, 0))
    }
  }

  /** Starts a stream, or returns the status that says why not. Source: consumer.cc doAddStream, dcpconnmap.cc addPassiveStream. */
  #startStream({ vbucket: id, opaque, flags }: AddStream): number | undefined {
    const refused = this.#node.bite("refuseAdd", id)
    if (refused !== undefined) return refused.status
    if ((flags & ~knownFlags) !== 0) return Status.Einval
    if (this.#node.hasLiveStream(id)) return Status.KeyEexists
    const vbucket = this.#node.vbuckets.get(id)
    if (vbucket === undefined || vbucket.state === VBucketState.Active) return Status.NotMyVbucket
    const stream = new PassiveStream(id, opaque, this.#nextOpaque(), flags)
    this.#streams.set(id, stream)
    this.#requested.set(stream.headerOpaque, stream)
    stream.ready.push(streamRequest(stream, vbucket))
    return undefined
  }

  #closeStream({ vbucket, opaque }: CloseStream): void {
    const stream = this.#streams.get(vbucket)
    const status = stream === undefined ? this.#noStream() : Status.Success
    // It stays in the map until the producer's STREAM_END (MB-34850).
    if (stream !== undefined) stream.state = "dead"
    if (this.#node.bite("neverAnswerClose", vbucket) !== undefined) return
    const notFound = this.#node.bite("closeAnswersNotFound", vbucket)
    if (notFound !== undefined) this.#streams.delete(vbucket)
    const said = notFound === undefined ? status : (notFound.status ?? this.#noStream())
    this.#connection.send(answer("CloseStreamResponse", opaque, said))
  }

  // ---- messages from the producer ---------------------------------------------------------------------------------

  /** Source: consumer.cc handleResponse, streamAccepted. */
  #streamRequestAnswered(response: StreamRequestResponse): void {
    const stream = this.#requested.get(response.opaque)
    if (stream === undefined) {
      this.#violation("STREAM_REQ response with an opaque of no stream")
      return
    }
    if (this.#streams.get(stream.vbucket) !== stream) {
      this.#violation("STREAM_REQ response for a stream that is gone")
      return
    }
    if (response.rollbackSeqno !== undefined && stream.state === "pending") {
      stream.rollback = response.rollbackSeqno
      return
    }
    this.#requested.delete(response.opaque)
    this.#accept(stream, response)
  }

  /** Source: passive_stream.cc acceptStream. */
  #accept(stream: PassiveStream, response: StreamRequestResponse): void {
    const { vbucket: id } = stream
    if (!stream.isLive) {
      const isLost = this.#node.bite("closeWhilePendingLosesAnswer", id) !== undefined
      if (!isLost) this.#answers.answer(stream, this.#noStream())
      return
    }
    if (this.#node.bite("vbucketDeletedSilently", id) !== undefined) {
      this.#node.vbuckets.delete(id)
      return
    }
    const vbucket = this.#node.vbuckets.get(id)
    const status = vbucket === undefined ? Status.NotMyVbucket : response.status
    stream.state = status === Status.Success ? "reading" : "dead"
    if (vbucket !== undefined && status === Status.Success) vbucket.failoverLog = response.failoverLog
    this.#answers.answer(stream, status)
    const change = this.#node.bite("vbucketStateChangeDropsAnswer", id)
    if (change === undefined) return
    this.#node.setVBucketState(id, change.state ?? VBucketState.Active)
    this.#streams.delete(id)
  }

  /** The unsent ready queue goes with the stream (dossier 2.8a). Source: consumer.cc streamEnd, removeStream. */
  #streamEnd({ vbucket, opaque }: StreamEnd): void {
    const stream = this.#streams.get(vbucket)
    if (stream === undefined) {
      this.#connection.send(answer("StreamEndResponse", opaque, this.#noStream()))
      return
    }
    // The end of an earlier stream of this vBucket is no news (MB-34951).
    if (stream.headerOpaque === opaque) this.#streams.delete(vbucket)
  }

  #setVBucketState({ vbucket, opaque, state }: SetVBucketState): void {
    const send = (status: number) => this.#connection.send(answer("SetVBucketStateResponse", opaque, status))
    const stream = this.#streams.get(vbucket)
    if (stream === undefined) {
      send(this.#noStream())
      return
    }
    if (stream.headerOpaque !== opaque) {
      send(this.#v7(Status.OpaqueNoMatch, Status.KeyEexists))
      return
    }
    if (state < VBucketState.Active || state > VBucketState.Dead) {
      send(Status.Einval)
      return
    }
    // By its own stream the state changes without the stream being closed.
    this.#node.vbuckets.setState(vbucket, state)
    stream.ready.push(answer("SetVBucketStateResponse", opaque, Status.Success))
  }

  // ---- unasked output ---------------------------------------------------------------------------------------------

  /** Does what a rollback demands and asks again under the same opaque. Source: consumer.cc handleRollbackResponse. */
  #rollBack(stream: PassiveStream): void {
    const seqno = stream.rollback
    if (seqno === undefined) return
    stream.rollback = undefined
    const vbucket = this.#node.vbuckets.get(stream.vbucket)
    if (this.#node.bite("rollbackAborted", stream.vbucket) !== undefined) return
    if (vbucket === undefined) {
      stream.state = "dead"
      this.#requested.delete(stream.headerOpaque)
      this.#answers.answer(stream, Status.NotMyVbucket)
      return
    }
    if (seqno === 0n && stream.branch + 1 < vbucket.failoverLog.length) {
      stream.branch += 1
    } else {
      stream.branch = 0
      vbucket.rollBack(seqno)
    }
    stream.ready.push(streamRequest(stream, vbucket))
  }

  #nextOpaque(): number {
    this.#opaqueCounter = (this.#opaqueCounter + 1) >>> 0
    return this.#opaqueCounter
  }

  #noStream(): number {
    return this.#v7(Status.DcpStreamNotFound, Status.KeyEnoent)
  }

  #v7(code: number, earlier: number): number {
    return this.#controls.accepted("v7_dcp_status_codes") ? code : earlier
  }

  #violation(what: string): void {
    this.#connection.close({ _tag: "ProtocolViolation", what })
  }
}
