/**
 * The messages of DCP in the words of the golden conversations, one line each.
 *
 * Every field is told, so that two different messages never read the same.
 */
import {
  type ConsumerInput,
  type ConsumerOutput,
  CrashReason,
  Failure,
  Packet,
  ProducerCast,
  type ProducerInput,
  type ProducerOutput,
  ReplyValue,
  Request
} from "../../spec/dcp/messages.ts"
import type { CallId, Opaque, Status, VBucket } from "../../spec/ids.ts"
import { endReasonName, opaqueName, statusName, vbucketList, vbucketStateName } from "./dcp-names.ts"

interface OfVBucket {
  readonly vbucket: VBucket
  readonly opaque: Opaque
}

interface Answer {
  readonly opaque: Opaque
  readonly status: Status
}

const request =
  (name: string) =>
  ({ vbucket, opaque }: OfVBucket): string =>
    `${name} vb=${vbucket} opaque=${opaqueName(opaque)}`

const response =
  (name: string) =>
  ({ opaque, status }: Answer): string =>
    `${name} response ${statusName(status)} opaque=${opaqueName(opaque)}`

/** A packet, such as `STREAM_END vb=5 opaque=0x1d000000 status=StateChanged`. */
export const describePacket = (packet: Packet): string =>
  Packet.match(packet, {
    AddStream: (add) => `${request("ADD_STREAM")(add)} flags=${add.takeover ? 1 : 0}`,
    AddStreamResponse: response("ADD_STREAM"),
    CloseStream: request("CLOSE_STREAM"),
    CloseStreamResponse: response("CLOSE_STREAM"),
    StreamRequest: (asked) => `${request("STREAM_REQ")(asked)}${asked.takeover ? " flags=1" : ""}`,
    StreamRequestResponse: response("STREAM_REQ"),
    StreamEnd: (end) => `${request("STREAM_END")(end)} status=${endReasonName(end.reason)}`,
    SetVBucketState: (set) => `${request("SET_VBUCKET_STATE")(set)} state=${vbucketStateName(set.state)}`,
    SetVBucketStateResponse: response("SET_VBUCKET_STATE"),
    SnapshotMarker: request("SNAPSHOT_MARKER"),
    Mutation: request("MUTATION"),
    BufferAck: ({ opaque }) => `BUFFER_ACK opaque=${opaqueName(opaque)}`,
    Noop: ({ opaque }) => `NOOP opaque=${opaqueName(opaque)}`,
    NoopResponse: response("NOOP"),
    Control: ({ opaque, key, value }) => `CONTROL opaque=${opaqueName(opaque)} ${key}=${value}`,
    ControlResponse: response("CONTROL")
  })

/** The packets of one chunk. */
export const describePackets = (packets: ReadonlyArray<Packet>): string =>
  packets.length === 0 ? "nothing" : packets.map(describePacket).join(" | ")

/** A call, such as `setup-streams caller=c1 vbuckets=[5]`. */
export const describeRequest = (call: CallId, asked: Request): string =>
  Request.match(asked, {
    GetPartitions: () => `get-partitions caller=${call}`,
    SetupStreams: ({ vbuckets }) => `setup-streams caller=${call} vbuckets=${vbucketList(vbuckets)}`,
    MaybeCloseStream: ({ vbucket }) => `maybe-close-stream caller=${call} vb=${vbucket}`,
    Takeover: ({ vbucket }) => `takeover caller=${call} vb=${vbucket}`,
    ShutConnection: () => `shut-connection caller=${call}`
  })

/** What went wrong for one vBucket of a call. */
export const describeFailure = (failure: Failure): string =>
  Failure.match(failure, {
    BadResponse: ({ status, vbucket }) => `${statusName(status)} vb=${vbucket}`,
    StreamEnded: ({ reason, vbucket }) => `stream-ended ${endReasonName(reason)} vb=${vbucket}`
  })

/** What a caller is told. */
export const describeReply = (reply: ReplyValue): string =>
  ReplyValue.match(reply, {
    Ok: () => "ok",
    Refused: () => "refused",
    Partitions: ({ vbuckets }) => `partitions ${vbucketList(vbuckets)}`,
    Errors: ({ failures }) => `errors [${failures.map(describeFailure).join(", ")}]`,
    TakeoverOnOpenStream: () => "takeover on open stream",
    DcpError: ({ status }) => `dcp error ${statusName(status)}`,
    TakeoverEnded: ({ reason }) => `takeover ended ${endReasonName(reason)}`,
    Interrupted: () => "interrupted"
  })

/** Why a process died, such as `UnexpectedStreamEnd vb=5`. */
export const describeCrash = (reason: CrashReason): string =>
  CrashReason.match(reason, {
    UnrecognizedOpaque: ({ opaque }) => `UnrecognizedOpaque opaque=${opaqueName(opaque)}`,
    UnexpectedStreamEnd: ({ vbucket }) => `UnexpectedStreamEnd vb=${vbucket}`,
    BadMatch: () => "BadMatch",
    BadArgument: () => "BadArgument",
    SocketClosed: () => "SocketClosed",
    Killed: () => "Killed"
  })

/** What the producer connection tells the consumer connection. */
export const describeCast = (cast: ProducerCast): string =>
  ProducerCast.match(cast, {
    ProducerStreamClosed: ({ opaque, status }) =>
      `producer-stream-closed opaque=${opaqueName(opaque)} status=${statusName(status)}`,
    ProducerStreamEnd: (end) => `${request("producer-stream-end")(end)} status=${endReasonName(end.reason)}`,
    SetVBucketStateSeen: (seen) => `${request("set-vbucket-state")(seen)} state=${vbucketStateName(seen.state)}`
  })

/** An input of either proxy connection. */
export const describeInput = (input: ConsumerInput | ProducerInput): string => {
  switch (input._tag) {
    case "Call":
      return describeRequest(input.call, input.request)
    case "FromKvConsumer":
      return `from kv-consumer: ${describePackets(input.packets)}`
    case "FromKvProducer":
      return `from kv-producer: ${describePackets(input.packets)}`
    case "FromProducerConnection":
      return `from producer-connection: ${describeCast(input.cast)}`
    case "CloseStreamCast":
      return `from consumer-connection: close-stream vb=${input.vbucket}`
    case "SocketClosed":
      return "socket closed"
    case "Killed":
      return "killed"
  }
}

/** An output of either proxy connection. */
export const describeOutput = (output: ConsumerOutput | ProducerOutput): string => {
  switch (output._tag) {
    case "SendKvConsumer":
      return `to kv-consumer: ${describePacket(output.packet)}`
    case "ForwardKvConsumer":
      return `to kv-consumer: ${describePackets(output.packets)}`
    case "SendKvProducer":
      return `to kv-producer: ${describePacket(output.packet)}`
    case "ForwardKvProducer":
      return `to kv-producer: ${describePackets(output.packets)}`
    case "CastCloseStream":
      return `to producer-connection: close-stream vb=${output.vbucket}`
    case "CastConsumer":
      return `to consumer-connection: ${describeCast(output.cast)}`
    case "Reply":
      return `reply ${output.call}: ${describeReply(output.value)}`
    case "Crash":
      return `crash: ${describeCrash(output.reason)}`
  }
}
