/** Reads responses: the shape depends on the status, the fields on the opcode. */
import { emptyBytes, readUint64 } from "./bytes.ts"
import type { CodecError } from "./codec-error.ts"
import { readFeatures } from "./decode-requests.ts"
import { failoverEntryLength, readFailoverLog } from "./failover-log.ts"
import type { Frame } from "./frame.ts"
import type { FrameInfo } from "./framing-extras.ts"
import type { HeaderReader } from "./header.ts"
import type {
  AddStreamResponse,
  HelloResponse,
  Response,
  StatusResponse,
  StatusResponseTag,
  StreamRequestResponse
} from "./messages.ts"
import { Opcode } from "./opcodes.ts"
import { any, exactly, featureCodes, none, type Shape, shape, shapeFault } from "./shape.ts"
import { Status } from "./status.ts"

const success = shape(none, none, none)
const failure = shape(none, none, any)
const helloSuccess = shape(none, none, featureCodes)
const noneOrStreamOpaque = { min: 0, max: 4, step: 4, phrase: "0 or 4" }
const addStreamSuccess = shape(noneOrStreamOpaque, none, none)
const addStreamFailure = shape(noneOrStreamOpaque, none, any)
const rollback = shape(none, none, exactly(8))
const failoverLog: Shape = {
  extras: none,
  key: none,
  value: {
    min: failoverEntryLength,
    max: Number.POSITIVE_INFINITY,
    step: failoverEntryLength,
    phrase: `a multiple of ${failoverEntryLength} and not 0`
  },
  valueField: "failover log length",
  valueReason: "BadFailoverLog"
}

/** The message in a response frame with a modelled opcode. */
export function decodeResponse(
  opcode: Opcode,
  frame: Frame,
  frameInfos: readonly FrameInfo[],
  reader: HeaderReader
): Response | CodecError {
  switch (opcode) {
    case Opcode.AddStream:
      return addStreamResponse(frame, frameInfos, reader)
    case Opcode.StreamRequest:
      return streamRequestResponse(frame, frameInfos)
    case Opcode.Hello:
      return helloResponse(frame, frameInfos)
    case Opcode.SaslAuth:
      // A mechanism of several steps ends with a server message beside the success.
      return shapeFault(frame, failure) ?? status("SaslAuthResponse", frame, frameInfos)
    case Opcode.SelectBucket:
      return statusFault(frame) ?? status("SelectBucketResponse", frame, frameInfos)
    case Opcode.Open:
      return statusFault(frame) ?? status("OpenResponse", frame, frameInfos)
    case Opcode.CloseStream:
      return statusFault(frame) ?? status("CloseStreamResponse", frame, frameInfos)
    case Opcode.StreamEnd:
      return statusFault(frame) ?? status("StreamEndResponse", frame, frameInfos)
    case Opcode.SnapshotMarker:
      return statusFault(frame) ?? status("SnapshotMarkerResponse", frame, frameInfos)
    case Opcode.Mutation:
      return statusFault(frame) ?? status("MutationResponse", frame, frameInfos)
    case Opcode.SetVBucketState:
      return statusFault(frame) ?? status("SetVBucketStateResponse", frame, frameInfos)
    case Opcode.Noop:
      return statusFault(frame) ?? status("NoopResponse", frame, frameInfos)
    case Opcode.BufferAck:
      return statusFault(frame) ?? status("BufferAckResponse", frame, frameInfos)
    case Opcode.Control:
      return statusFault(frame) ?? status("ControlResponse", frame, frameInfos)
  }
}

function statusFault(frame: Frame): CodecError | undefined {
  return shapeFault(frame, frame.vbucketOrStatus === Status.Success ? success : failure)
}

function status<Tag extends StatusResponseTag>(
  tag: Tag,
  frame: Frame,
  frameInfos: readonly FrameInfo[]
): StatusResponse<Tag> {
  const { vbucketOrStatus, opaque, cas, datatype, value } = frame
  return { _tag: tag, status: vbucketOrStatus, opaque, cas, datatype, frameInfos, value }
}

function addStreamResponse(
  frame: Frame,
  frameInfos: readonly FrameInfo[],
  reader: HeaderReader
): AddStreamResponse | CodecError {
  const { vbucketOrStatus, opaque, cas, datatype, value } = frame
  const fault = shapeFault(frame, vbucketOrStatus === Status.Success ? addStreamSuccess : addStreamFailure)
  if (fault !== undefined) return fault
  const streamOpaque = frame.extrasLength === 0 ? undefined : reader.streamOpaque(frame.bytes, frame.extrasStart)
  return { _tag: "AddStreamResponse", status: vbucketOrStatus, opaque, cas, datatype, frameInfos, streamOpaque, value }
}

function streamRequestResponse(frame: Frame, frameInfos: readonly FrameInfo[]): StreamRequestResponse | CodecError {
  const { bytes, valueStart, vbucketOrStatus, opaque, cas, datatype } = frame
  const succeeded = vbucketOrStatus === Status.Success
  const rolledBack = vbucketOrStatus === Status.Rollback
  const fault = shapeFault(frame, succeeded ? failoverLog : rolledBack ? rollback : failure)
  if (fault !== undefined) return fault
  return {
    _tag: "StreamRequestResponse",
    status: vbucketOrStatus,
    opaque,
    cas,
    datatype,
    frameInfos,
    failoverLog: succeeded ? readFailoverLog(bytes, valueStart, bytes.length) : [],
    rollbackSeqno: rolledBack ? readUint64(bytes, valueStart) : undefined,
    value: succeeded || rolledBack ? emptyBytes : frame.value
  }
}

function helloResponse(frame: Frame, frameInfos: readonly FrameInfo[]): HelloResponse | CodecError {
  const { vbucketOrStatus, opaque, cas, datatype } = frame
  const succeeded = vbucketOrStatus === Status.Success
  const fault = shapeFault(frame, succeeded ? helloSuccess : failure)
  if (fault !== undefined) return fault
  const features = succeeded ? readFeatures(frame) : []
  const value = succeeded ? emptyBytes : frame.value
  return { _tag: "HelloResponse", status: vbucketOrStatus, opaque, cas, datatype, frameInfos, features, value }
}
