/**
 * SNAPSHOT_MARKER in its three versions. V1 keeps its fields in 20 bytes of extras; the V2 family keeps a version byte
 * there and the fields in the value.
 *
 * Source: dossier `dcp.md` 4.2; kv_engine docs/dcp/documentation/commands/snapshot-marker.md.
 */
import { readUint32, readUint64, writeUint32, writeUint64 } from "./bytes.ts"
import { CodecError } from "./codec-error.ts"
import type { Frame } from "./frame.ts"
import { beginRequest, extrasStart } from "./frame-writer.ts"
import type { FrameInfo } from "./framing-extras.ts"
import type { SnapshotMarker } from "./messages.ts"
import { Opcode } from "./opcodes.ts"
import { exactly, none, shape, shapeFault } from "./shape.ts"

const v1Extras = 20
const v2Extras = 1
const versionByte = { "V2.0": 0, "V2.2": 2 } as const

const v1Shape = shape({ min: v2Extras, max: v1Extras, step: v1Extras - v2Extras, phrase: "1 or 20" }, none, none)
const v20Shape = shape(exactly(v2Extras), none, exactly(36))
const v22Shape = shape(exactly(v2Extras), none, exactly(52))

/** Reads a marker of any version; `UnknownVersion` if the V2 family's version byte is neither 0 nor 2. */
export function decodeSnapshotMarker(frame: Frame, frameInfos: readonly FrameInfo[]): SnapshotMarker | CodecError {
  if (frame.extrasLength !== v2Extras) {
    return shapeFault(frame, v1Shape) ?? { ...range(frame, frameInfos, frame.extrasStart), version: "V1" }
  }
  const version = frame.bytes[frame.extrasStart]!
  if (version !== versionByte["V2.0"] && version !== versionByte["V2.2"]) return unknownVersion(frame, version)
  const fault = shapeFault(frame, version === versionByte["V2.0"] ? v20Shape : v22Shape)
  if (fault !== undefined) return fault
  const at = frame.valueStart
  const v20 = {
    ...range(frame, frameInfos, at),
    maxVisibleSeqno: readUint64(frame.bytes, at + 20),
    highCompletedSeqno: readUint64(frame.bytes, at + 28)
  }
  if (version === versionByte["V2.0"]) return { ...v20, version: "V2.0" }
  return {
    ...v20,
    version: "V2.2",
    purgeSeqno: readUint64(frame.bytes, at + 36),
    highPreparedSeqno: readUint64(frame.bytes, at + 44)
  }
}

/** Writes a marker of any version. */
export function encodeSnapshotMarker(message: SnapshotMarker): Uint8Array {
  if (message.version === "V1") {
    const bytes = beginRequest(Opcode.SnapshotMarker, message, v1Extras, 0, 0)
    writeRange(bytes, extrasStart(bytes), message)
    return bytes
  }
  const valueLength = message.version === "V2.0" ? 36 : 52
  const bytes = beginRequest(Opcode.SnapshotMarker, message, v2Extras, 0, valueLength)
  bytes[extrasStart(bytes)] = versionByte[message.version]
  const at = extrasStart(bytes) + v2Extras
  writeRange(bytes, at, message)
  writeUint64(bytes, at + 20, message.maxVisibleSeqno, "maxVisibleSeqno")
  writeUint64(bytes, at + 28, message.highCompletedSeqno, "highCompletedSeqno")
  if (message.version === "V2.2") {
    writeUint64(bytes, at + 36, message.purgeSeqno, "purgeSeqno")
    writeUint64(bytes, at + 44, message.highPreparedSeqno, "highPreparedSeqno")
  }
  return bytes
}

/** The envelope and the fields that all versions share; these are 20 bytes at `at`. */
function range(frame: Frame, frameInfos: readonly FrameInfo[], at: number) {
  return {
    _tag: "SnapshotMarker" as const,
    vbucket: frame.vbucketOrStatus,
    opaque: frame.opaque,
    cas: frame.cas,
    datatype: frame.datatype,
    frameInfos,
    startSeqno: readUint64(frame.bytes, at),
    endSeqno: readUint64(frame.bytes, at + 8),
    flags: readUint32(frame.bytes, at + 16)
  }
}

function writeRange(bytes: Uint8Array, at: number, message: SnapshotMarker): void {
  writeUint64(bytes, at, message.startSeqno, "startSeqno")
  writeUint64(bytes, at + 8, message.endSeqno, "endSeqno")
  writeUint32(bytes, at + 16, message.flags, "flags")
}

function unknownVersion(frame: Frame, version: number): CodecError {
  return new CodecError({
    reason: "UnknownVersion",
    subject: frame.name,
    frameOffset: frame.offset,
    offsetInFrame: frame.extrasStart,
    field: "version",
    expected: "0 or 2",
    actual: String(version)
  })
}
