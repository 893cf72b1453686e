/** Writes responses. A body that the status does not call for is a `RangeError` rather than silently left out. */
import { writeUint16, writeUint32, writeUint64 } from "./bytes.ts"
import { failoverEntryLength, writeFailoverLog } from "./failover-log.ts"
import { beginResponse, extrasStart } from "./frame-writer.ts"
import type {
  AddStreamResponse,
  HelloResponse,
  Response,
  ResponseEnvelope,
  StatusResponseTag,
  StreamRequestResponse
} from "./messages.ts"
import { Opcode } from "./opcodes.ts"
import { Status, statusName } from "./status.ts"

const statusOpcodes: Record<StatusResponseTag, Opcode> = {
  SaslAuthResponse: Opcode.SaslAuth,
  SelectBucketResponse: Opcode.SelectBucket,
  OpenResponse: Opcode.Open,
  CloseStreamResponse: Opcode.CloseStream,
  StreamEndResponse: Opcode.StreamEnd,
  SnapshotMarkerResponse: Opcode.SnapshotMarker,
  MutationResponse: Opcode.Mutation,
  SetVBucketStateResponse: Opcode.SetVBucketState,
  NoopResponse: Opcode.Noop,
  BufferAckResponse: Opcode.BufferAck,
  ControlResponse: Opcode.Control
}

/** The packet of a response, in a new array. */
export function encodeResponse(message: Response): Uint8Array {
  switch (message._tag) {
    case "AddStreamResponse":
      return addStreamResponse(message)
    case "StreamRequestResponse":
      return streamRequestResponse(message)
    case "HelloResponse":
      return helloResponse(message)
    default: {
      if (message._tag !== "SaslAuthResponse") refuseBodyOfSuccess(message)
      return withValue(statusOpcodes[message._tag], message)
    }
  }
}

function addStreamResponse(message: AddStreamResponse): Uint8Array {
  const { streamOpaque, value } = message
  refuseBodyOfSuccess(message)
  if (streamOpaque === undefined) return withValue(Opcode.AddStream, message)
  const bytes = beginResponse(Opcode.AddStream, message, 4, value.length)
  const at = extrasStart(bytes)
  writeUint32(bytes, at, streamOpaque, "streamOpaque")
  bytes.set(value, at + 4)
  return bytes
}

function streamRequestResponse(message: StreamRequestResponse): Uint8Array {
  const { status, failoverLog, rollbackSeqno, value } = message
  const succeeded = status === Status.Success
  const rolledBack = status === Status.Rollback
  if (succeeded !== failoverLog.length > 0) refuse(succeeded ? "needs" : "cannot carry", "a failover log", status)
  if (rolledBack !== (rollbackSeqno !== undefined)) {
    refuse(rolledBack ? "needs" : "cannot carry", "a rollback seqno", status)
  }
  if ((succeeded || rolledBack) && value.length > 0) refuse("cannot carry", "an error body", status)
  if (succeeded) {
    const bytes = beginResponse(Opcode.StreamRequest, message, 0, failoverLog.length * failoverEntryLength)
    writeFailoverLog(bytes, extrasStart(bytes), failoverLog)
    return bytes
  }
  if (rollbackSeqno === undefined) return withValue(Opcode.StreamRequest, message)
  const bytes = beginResponse(Opcode.StreamRequest, message, 0, 8)
  writeUint64(bytes, extrasStart(bytes), rollbackSeqno, "rollbackSeqno")
  return bytes
}

function helloResponse(message: HelloResponse): Uint8Array {
  const { features, status } = message
  if (status !== Status.Success) {
    if (features.length > 0) refuse("cannot carry", "features", status)
    return withValue(Opcode.Hello, message)
  }
  refuseBodyOfSuccess(message)
  const bytes = beginResponse(Opcode.Hello, message, 0, 2 * features.length)
  const at = extrasStart(bytes)
  for (let i = 0; i < features.length; i++) writeUint16(bytes, at + 2 * i, features[i]!, "feature")
  return bytes
}

function withValue(opcode: Opcode, message: ResponseEnvelope): Uint8Array {
  const bytes = beginResponse(opcode, message, 0, message.value.length)
  bytes.set(message.value, extrasStart(bytes))
  return bytes
}

function refuseBodyOfSuccess(message: ResponseEnvelope): void {
  if (message.status === Status.Success && message.value.length > 0) {
    refuse("cannot carry", "an error body", message.status)
  }
}

function refuse(verb: string, part: string, status: number): never {
  throw new RangeError(`response with status ${statusName(status)} ${verb} ${part}`)
}
