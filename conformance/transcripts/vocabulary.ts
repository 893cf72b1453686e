/** How the recordings' words translate into the spec's. */
import { Schema } from "effect"
import { ConsumerInput, type ConsumerOutput, type Failure, type ReplyValue } from "../../spec/dcp/messages.ts"

const VBuckets = Schema.Array(Schema.Int)

/** One recorded line: a run with one seed. */
export const RecordedRun = Schema.Struct({
  seed: Schema.Int,
  steps: Schema.Array(
    Schema.Struct({
      input: Schema.Struct({
        _tag: Schema.Literals(["Call", "FromKvConsumer", "Cast"]),
        call: Schema.optionalKey(Schema.String),
        what: Schema.optionalKey(Schema.String),
        packet: Schema.optionalKey(Schema.String),
        vbuckets: Schema.optionalKey(VBuckets),
        vbucket: Schema.optionalKey(Schema.Int),
        opaque: Schema.optionalKey(Schema.Int),
        status: Schema.optionalKey(Schema.Int),
        state: Schema.optionalKey(Schema.Int)
      }),
      outputs: Schema.Array(Schema.Record(Schema.String, Schema.Unknown)),
      partitions: Schema.NullOr(VBuckets)
    })
  )
})
export type RecordedRun = typeof RecordedRun.Type
type RecordedInput = RecordedRun["steps"][number]["input"]

const requests: Readonly<Record<string, string>> = {
  get_partitions: "GetPartitions",
  setup_streams: "SetupStreams",
  maybe_close_stream: "MaybeCloseStream",
  takeover: "Takeover",
  shut_connection: "ShutConnection"
}
const packets: Readonly<Record<string, string>> = {
  "ADD_STREAM response": "AddStreamResponse",
  "CLOSE_STREAM response": "CloseStreamResponse",
  "SET_VBUCKET_STATE response": "SetVBucketStateResponse",
  STREAM_REQ: "StreamRequest"
}
const casts: Readonly<Record<string, string>> = {
  producer_stream_end: "ProducerStreamEnd",
  producer_stream_closed: "ProducerStreamClosed",
  set_vbucket_state: "SetVBucketStateSeen"
}

const decode = Schema.decodeUnknownSync(ConsumerInput)

/** A recorded input in the spec's words. Throws a schema error on a word that no recording uses. */
export const inputOf = (recorded: RecordedInput): ConsumerInput => {
  const { _tag, call, what, packet, status, ...rest } = recorded
  switch (_tag) {
    case "Call":
      return decode({ _tag: "Call", call, request: { ...rest, _tag: requests[what ?? ""] } })
    case "FromKvConsumer":
      return decode({ _tag: "FromKvConsumer", packets: [{ ...rest, status, _tag: packets[packet ?? ""] }] })
    case "Cast": {
      const reason = what === "producer_stream_end" ? { reason: status } : { status }
      return decode({ _tag: "FromProducerConnection", cast: { ...rest, ...reason, _tag: casts[what ?? ""] } })
    }
  }
}

/** A step as the recordings tell it, by kind, because the order across kinds was not recorded. */
export interface Told {
  readonly sends: ReadonlyArray<string>
  readonly says: ReadonlyArray<string>
  readonly fate: string
  readonly crash: string | null
  readonly partitions: ReadonlyArray<number> | null
}

/** What a recorded step tells. */
export const recordedTold = (step: RecordedRun["steps"][number]): Told => {
  const of = (tag: string) => step.outputs.filter((output) => output._tag === tag)
  const crash = of("Crash")[0]
  return {
    sends: of("SendKvConsumer").map(
      (send) => `${send.packet} ${send.vbucket} ${send.opaque}${send.takeover ? " takeover" : ""}`
    ),
    says: step.outputs
      .filter((output) => output._tag === "CastProducer" || output._tag === "Reply")
      .map((output) =>
        output._tag === "Reply" ? `reply ${output.call} ${JSON.stringify(output.value)}` : `close ${output.vbucket}`
      ),
    fate: of("Proxy").length > 0 ? "proxy" : "block",
    crash: crash === undefined ? null : [crash.reason, crash.opaque ?? crash.vbucket ?? ""].join(" ").trim(),
    partitions: step.partitions
  }
}

const crashed: Told = { sends: [], says: [], fate: "block", crash: null, partitions: null }

/** What outputs of the spec tell in the recordings' words. */
export const outputsTold = (outputs: ReadonlyArray<ConsumerOutput>, partitions: ReadonlyArray<number> | null): Told => {
  const told = { sends: [] as Array<string>, says: [] as Array<string>, fate: "block" }
  for (const output of outputs)
    switch (output._tag) {
      case "SendKvConsumer": {
        const sent = output.packet
        if (sent._tag === "AddStream")
          told.sends.push(`ADD_STREAM ${sent.vbucket} ${sent.opaque}${sent.takeover ? " takeover" : ""}`)
        else if (sent._tag === "CloseStream") told.sends.push(`CLOSE_STREAM ${sent.vbucket} ${sent.opaque}`)
        else told.sends.push(sent._tag)
        break
      }
      case "CastCloseStream":
        told.says.push(`close ${output.vbucket}`)
        break
      case "Reply":
        told.says.push(`reply ${output.call} ${JSON.stringify(replyTold(output.value))}`)
        break
      case "ForwardKvProducer":
        told.fate = "proxy"
        break
      case "Crash":
        return { ...crashed, crash: crashTold(output.reason) }
    }
  return { ...told, crash: null, partitions }
}

const crashTold = (reason: Extract<ConsumerOutput, { _tag: "Crash" }>["reason"]): string => {
  switch (reason._tag) {
    case "UnrecognizedOpaque":
      return `unrecognized_opaque ${reason.opaque}`
    case "UnexpectedStreamEnd":
      return `unexpected_stream_end ${reason.vbucket}`
    case "BadMatch":
      return "badmatch"
    case "BadArgument":
      return "badarg"
    case "SocketClosed":
    case "Killed":
      return reason._tag
  }
}

const replyTold = (value: ReplyValue): unknown => {
  switch (value._tag) {
    case "Ok":
      return "ok"
    case "Refused":
      return "refused"
    case "Partitions":
      return { partitions: value.vbuckets }
    case "Errors":
      return { errors: value.failures.map(failureTold) }
    case "TakeoverOnOpenStream":
      return { error: "takeover_on_open_stream_is_not_allowed" }
    case "DcpError":
      return { dcp_error: value.status }
    case "TakeoverEnded":
    case "Interrupted":
      return value._tag
  }
}

const failureTold = (failure: Failure): unknown =>
  failure._tag === "BadResponse" ? { status: failure.status, vbucket: failure.vbucket } : failure
