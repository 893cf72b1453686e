import {
  type CloseStream,
  type Control,
  encode,
  type Frame,
  Magic,
  type Message,
  Opcode,
  plainRequest,
  plainResponse,
  Status,
  type StreamEnd,
  StreamEndReason,
  type StreamRequest,
  type StreamRequestResponse,
  writeFrame
} from "../mcbp/index.ts"
import { ActiveStream } from "./active-stream.ts"
import { type Admission, admit, refused } from "./admission.ts"
import { answer, isRequest, refusal, tolerated } from "./answers.ts"
import { FlowControl } from "./flow-control.ts"
import type { KvConnection, Role } from "./kv-connection.ts"
import type { ProducerMisbehaviours } from "./producer-misbehaviours.ts"
import type { VBucketTable } from "./vbucket.ts"

/** What a producer connection needs of its node. */
export interface ProducerNode {
  readonly vbuckets: VBucketTable
  /** CONTROL parameters that are accepted. */
  readonly controls: ReadonlySet<string>
  /** Told that a takeover has made the vBucket dead here; `by` is the stream's own connection. */
  takenOver(vbucket: number, by: ProducerRole): void
  isOn(name: keyof ProducerMisbehaviours, vbucket: number): boolean
  bite<Name extends keyof ProducerMisbehaviours>(name: Name, vbucket: number): ProducerMisbehaviours[Name] | undefined
}

/**
 * The producing side of a DCP connection.
 *
 * Source: dossier `dcp.md` 2.9; kv_engine dcp/producer.cc and dcp/active_stream.cc.
 */
export class ProducerRole implements Role {
  readonly #connection: KvConnection
  readonly #node: ProducerNode
  readonly #controls = new Set<string>()
  readonly #flow = new FlowControl()
  readonly #streams = new Map<number, ActiveStream>()
  /** The opaque of each vBucket's latest stream, also when that is over. */
  readonly #lastOpaques = new Map<number, number>()
  /** Ends that leave at the next step. */
  #ends: StreamEnd[] = []
  /** Ends that `staleEnd` keeps for the vBucket's next stream. */
  readonly #staleEnds = new Map<number, StreamEnd>()
  #unlookedAt: StreamRequest[] = []
  readonly #rolledBack = new Set<number>()
  #noopOpaque = 0
  #unansweredNoops = 0

  constructor(connection: KvConnection, node: ProducerNode) {
    this.#connection = connection
    this.#node = node
  }

  get connectionId(): number {
    return this.#connection.id
  }

  get streams(): readonly ActiveStream[] {
    return [...this.#streams.values()]
  }

  /** NOOPs sent since the consumer answered one. */
  get unansweredNoops(): number {
    return this.#unansweredNoops
  }

  /** Ends the vBucket's stream, if there is one, at the next step. */
  endStream(vbucket: number, reason: number): void {
    const stream = this.#streams.get(vbucket)
    if (stream === undefined) return
    this.#streams.delete(vbucket)
    this.#ends.push(streamEnd(vbucket, stream.opaque, reason))
  }

  /** Sends a NOOP if the consumer has asked for them. */
  sendNoop(): void {
    if (!this.#controls.has("enable_noop")) return
    this.#unansweredNoops += 1
    this.#connection.send({ ...plainRequest, _tag: "Noop", opaque: ++this.#noopOpaque })
  }

  receive(message: Message, frame: Frame): void {
    this.#endLateStreams()
    switch (message._tag) {
      case "Control":
        this.#connection.send(answer("ControlResponse", message.opaque, this.#control(message)))
        return
      case "StreamRequest":
        if (this.#node.bite("neverAnswerStreamRequest", message.vbucket) === undefined) this.#streamRequest(message)
        else this.#unlookedAt.push(message)
        return
      case "CloseStream":
        this.#closeStream(message)
        return
      case "SetVBucketStateResponse":
        this.#stateSet(message.opaque, message.status)
        return
      case "BufferAck":
        this.#flow.acknowledged(message.ackedBytes)
        return
      case "NoopResponse":
        this.#unansweredNoops = 0
        return
      case "StreamEndResponse":
      case "SnapshotMarkerResponse":
      case "MutationResponse":
        if (!tolerated.has(message.status)) this.#violation(`${frame.name} with status ${message.status}`)
        return
      default:
        // Responses that are not for a producer, such as a stray ADD_STREAM's, are left alone.
        if (isRequest(frame)) this.#connection.sendBytes(refusal(frame, Status.Einval))
    }
  }

  step(): void {
    if (this.#connection.heldBack) return
    this.#lookAtRequests()
    for (const stream of this.#streams.values()) this.#advance(stream)
    for (const [vbucket, end] of this.#staleEnds) if (!this.#node.isOn("staleEnd", vbucket)) this.#releaseEnd(end)
    for (const end of this.#ends.splice(0)) this.#connection.send(end)
  }

  // ---- requests ---------------------------------------------------------------------------------------------------

  #control({ key, value }: Control): number {
    if (!this.#node.controls.has(key)) return Status.Einval
    if (key === "connection_buffer_size" && !this.#flow.resize(value)) return Status.Einval
    if (value === "false") this.#controls.delete(key)
    else this.#controls.add(key)
    return Status.Success
  }

  #streamRequest(request: StreamRequest): void {
    const { vbucket: id, opaque } = request
    const admission = this.#admit(request)
    if (!admission.isAdmitted) {
      const { status, rollbackSeqno } = admission
      this.#answer(id, opaque, { status, rollbackSeqno })
    } else if (this.#node.bite("emptyFailoverLog", id) !== undefined) {
      this.#connection.sendBytes(writeFrame({ magic: Magic.ClientResponse, opcode: Opcode.StreamRequest, opaque }))
    } else {
      this.#answer(id, opaque, { failoverLog: admission.vbucket.failoverLog })
      this.#open(request)
    }
  }

  #admit(request: StreamRequest): Admission {
    const { vbucket: id } = request
    const given = this.#node.bite("refuseStream", id)
    if (given?.status === Status.Rollback) return { ...refused(given.status), rollbackSeqno: 0n }
    if (given !== undefined && given.status !== Status.Success) return refused(given.status)
    return admit(request, this.#node.vbuckets.get(id), this.#streams.has(id), () => this.#rollback(request))
  }

  #rollback({ vbucket, opaque }: StreamRequest): bigint | undefined {
    if (this.#rolledBack.has(opaque)) return undefined
    const given = this.#node.bite("rollbackTo", vbucket)
    if (given !== undefined) this.#rolledBack.add(opaque)
    return given?.seqno
  }

  #answer(vbucket: number, right: number, fields: Partial<StreamRequestResponse>): void {
    const wrong = this.#node.bite("wrongOpaque", vbucket)
    const opaque = wrong === undefined ? right : (wrong.opaque ?? (right ^ 0x80000000) >>> 0)
    const message: StreamRequestResponse = {
      ...plainResponse,
      _tag: "StreamRequestResponse",
      failoverLog: [],
      rollbackSeqno: undefined,
      ...fields,
      opaque
    }
    this.#connection.send(message)
    if (this.#node.bite("answerTwice", vbucket) !== undefined) this.#connection.send(message)
  }

  /** Opens a stream, behind its response; what the misbehaviours add goes into the same chunk. */
  #open(request: StreamRequest): void {
    const { vbucket: id, opaque } = request
    const earlier = this.#lastOpaques.get(id)
    const stream = new ActiveStream(request)
    this.#streams.set(id, stream)
    this.#lastOpaques.set(id, opaque)
    const stale = earlier === undefined ? undefined : this.#node.bite("staleEnd", id)
    if (stale !== undefined && earlier !== undefined) {
      this.#releaseEnd(streamEnd(id, earlier, stale.reason ?? StreamEndReason.Closed))
    }
    const atOnce = this.#node.bite("endStreamRightAfterAccept", id)
    if (atOnce !== undefined) {
      this.endStream(id, atOnce.reason)
      return
    }
    const later = this.#node.bite("endStreamLater", id)
    if (later !== undefined) stream.endLater = { reason: later.reason, afterWrite: this.#connection.writes }
  }

  /** Source: dcp/producer.cc closeStream. */
  #closeStream({ vbucket, opaque }: CloseStream): void {
    const stream = this.#streams.get(vbucket)
    this.#streams.delete(vbucket)
    const notFound = this.#node.bite("closeAnswersNotFound", vbucket)
    const status = stream === undefined ? Status.KeyEnoent : Status.Success
    if (this.#node.bite("neverAnswerClose", vbucket) === undefined) {
      const said = notFound === undefined ? status : (notFound.status ?? Status.KeyEnoent)
      this.#connection.send(answer("CloseStreamResponse", opaque, said))
    }
    if (stream === undefined || notFound !== undefined) return
    if (!this.#controls.has("send_stream_end_on_client_close_stream")) return
    const end = streamEnd(vbucket, stream.opaque, StreamEndReason.Closed)
    if (this.#node.isOn("staleEnd", vbucket)) this.#staleEnds.set(vbucket, end)
    else this.#ends.push(end)
  }

  // ---- data and takeover ------------------------------------------------------------------------------------------

  /** Sends the stream's data as far as the consumer has room, then the next word of a takeover. */
  #advance(stream: ActiveStream): void {
    const vbucket = this.#node.vbuckets.get(stream.vbucket)
    if (vbucket === undefined) return
    while (this.#flow.maySend) {
      const message = stream.next(vbucket)
      if (message === undefined) break
      this.#flow.sent(encode(message).length)
      this.#connection.send(message)
    }
    if (!stream.isDrained(vbucket)) return
    const ask = stream.askForState(() => this.#node.bite("stallTakeover", stream.vbucket) !== undefined)
    if (ask !== undefined) this.#connection.send(ask)
  }

  #stateSet(opaque: number, status: number): void {
    const stream = this.streams.find((candidate) => candidate.opaque === opaque)
    if (stream === undefined) return
    if (status !== Status.Success) {
      this.#violation(`SET_VBUCKET_STATE response with status ${status}`)
      return
    }
    const set = stream.stateIsSet()
    if (set === "pending") this.#node.takenOver(stream.vbucket, this)
    if (set === "active") this.endStream(stream.vbucket, StreamEndReason.Ok)
  }

  // ---- what misbehaviours hold back -------------------------------------------------------------------------------

  #lookAtRequests(): void {
    const waiting = this.#unlookedAt
    this.#unlookedAt = []
    for (const request of waiting) {
      if (this.#node.isOn("neverAnswerStreamRequest", request.vbucket)) this.#unlookedAt.push(request)
      else this.#streamRequest(request)
    }
  }

  #endLateStreams(): void {
    for (const { vbucket, endLater } of this.#streams.values()) {
      if (endLater !== undefined && this.#connection.writes > endLater.afterWrite) {
        this.endStream(vbucket, endLater.reason)
      }
    }
  }

  /** Lets a stale end go: the one that is kept if there is one, else `end`. */
  #releaseEnd(end: StreamEnd): void {
    this.#ends.push(this.#staleEnds.get(end.vbucket) ?? end)
    this.#staleEnds.delete(end.vbucket)
  }

  #violation(what: string): void {
    this.#connection.close({ _tag: "ProtocolViolation", what })
  }
}

function streamEnd(vbucket: number, opaque: number, reason: number): StreamEnd {
  return { ...plainRequest, _tag: "StreamEnd", vbucket, opaque, reason }
}
