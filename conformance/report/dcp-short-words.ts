/**
 * The messages of DCP as short as a diagram needs them: `ADD_STREAM 5 ok`, `STREAM_REQ 5 #0x1d000000`.
 *
 * Client opaques are vBucket ids and read as such. Stream opaques are marked with `#`, for they tell incarnations apart.
 */
import { CrashReason, Failure, Packet, ProducerCast, ReplyValue, Request } from "../../spec/dcp/messages.ts"
import type { Opaque, Status } from "../../spec/ids.ts"
import { endReasonName, opaqueName, statusName, vbucketList, vbucketStateName } from "./dcp-names.ts"

interface Short {
  readonly text: string
  /** The incarnation that is meant. */
  readonly opaque?: Opaque
}

interface Answer {
  readonly opaque: Opaque
  readonly status: Status
}

const plain = (text: string): Short => ({ text })

const ofStream = (text: string, opaque: Opaque): Short => ({ text, opaque })

/** The answer to a request whose opaque is the vBucket. */
const answered = (name: string, { opaque, status }: Answer): Short =>
  plain(`${name} ${opaqueName(opaque)} ${statusName(status)}`)

const short = (packet: Packet): Short =>
  Packet.match(packet, {
    AddStream: ({ vbucket, takeover }) => plain(`ADD_STREAM ${vbucket}${takeover ? " takeover" : ""}`),
    AddStreamResponse: (answer) => answered("ADD_STREAM", answer),
    CloseStream: ({ vbucket }) => plain(`CLOSE_STREAM ${vbucket}`),
    CloseStreamResponse: (answer) => answered("CLOSE_STREAM", answer),
    StreamRequest: ({ vbucket, opaque, takeover }) =>
      ofStream(`STREAM_REQ ${vbucket}${takeover ? " takeover" : ""}`, opaque),
    StreamRequestResponse: ({ opaque, status }) => ofStream(`STREAM_REQ ${statusName(status)}`, opaque),
    StreamEnd: ({ vbucket, opaque }) => ofStream(`END ${vbucket}`, opaque),
    SetVBucketState: ({ vbucket, opaque, state }) =>
      ofStream(`SET_VBUCKET_STATE ${vbucket} ${vbucketStateName(state)}`, opaque),
    SetVBucketStateResponse: ({ opaque, status }) => ofStream(`SET_VBUCKET_STATE ${statusName(status)}`, opaque),
    SnapshotMarker: ({ vbucket, opaque }) => ofStream(`SNAPSHOT ${vbucket}`, opaque),
    Mutation: ({ vbucket, opaque }) => ofStream(`MUTATION ${vbucket}`, opaque),
    BufferAck: () => plain("BUFFER_ACK"),
    Noop: () => plain("NOOP"),
    NoopResponse: ({ status }) => plain(`NOOP ${statusName(status)}`),
    Control: ({ key, value }) => plain(`CONTROL ${key}=${value}`),
    ControlResponse: ({ status }) => plain(`CONTROL ${statusName(status)}`)
  })

/** Packets of one write. A run of packets of one stream names its opaque once, at its end. */
export const shortPackets = (packets: ReadonlyArray<Packet>): string => {
  const shorts = packets.map(short)
  const mark = ({ opaque }: Short, index: number): string =>
    opaque === undefined || shorts[index + 1]?.opaque === opaque ? "" : ` #${opaqueName(opaque)}`
  return shorts.map((packet, index) => packet.text + mark(packet, index)).join(", ")
}

/** A call. */
export const shortRequest = (asked: Request): string =>
  Request.match(asked, {
    GetPartitions: () => "get partitions",
    SetupStreams: ({ vbuckets }) => `setup ${vbucketList(vbuckets)}`,
    MaybeCloseStream: ({ vbucket }) => `maybe close ${vbucket}`,
    Takeover: ({ vbucket }) => `takeover ${vbucket}`,
    ShutConnection: () => "shut connection"
  })

const shortFailure = (failure: Failure): string =>
  Failure.match(failure, {
    BadResponse: ({ status, vbucket }) => `${vbucket} ${statusName(status)}`,
    StreamEnded: ({ reason, vbucket }) => `${vbucket} ended ${endReasonName(reason)}`
  })

/** An answer to a call. */
export const shortReply = (reply: ReplyValue): string =>
  ReplyValue.match(reply, {
    Ok: () => "ok",
    Refused: () => "refused",
    Partitions: ({ vbuckets }) => `partitions ${vbucketList(vbuckets)}`,
    Errors: ({ failures }) => `errors [${failures.map(shortFailure).join(", ")}]`,
    TakeoverOnOpenStream: () => "takeover on open stream",
    DcpError: ({ status }) => `dcp error ${statusName(status)}`,
    TakeoverEnded: ({ reason }) => `takeover ended ${endReasonName(reason)}`,
    Interrupted: () => "interrupted"
  })

/** Why a process died. */
export const shortCrash = (reason: CrashReason): string =>
  CrashReason.match(reason, {
    UnrecognizedOpaque: ({ opaque }) => `crash UnrecognizedOpaque ${opaqueName(opaque)}`,
    UnexpectedStreamEnd: ({ vbucket }) => `crash UnexpectedStreamEnd ${vbucket}`,
    BadMatch: () => "crash BadMatch",
    BadArgument: () => "crash BadArgument",
    SocketClosed: () => "ends, its socket closed",
    Killed: () => "killed"
  })

/** A cast from the producer connection. */
export const shortCast = (cast: ProducerCast): string =>
  ProducerCast.match(cast, {
    ProducerStreamClosed: ({ opaque, status }) => `stream closed ${opaqueName(opaque)} ${statusName(status)}`,
    ProducerStreamEnd: ({ vbucket, opaque }) => `stream ended ${vbucket} #${opaqueName(opaque)}`,
    SetVBucketStateSeen: ({ vbucket, state }) => `state of ${vbucket} set ${vbucketStateName(state)}`
  })
