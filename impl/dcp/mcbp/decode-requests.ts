/** Reads requests: first the shape, then the fields. */
import { readUint16, readUint32, readUint64 } from "./bytes.ts"
import type { CodecError } from "./codec-error.ts"
import type { Frame } from "./frame.ts"
import type { FrameInfo } from "./framing-extras.ts"
import type { Control, Hello, Mutation, Open, Request, SaslAuth, SelectBucket, StreamRequest } from "./messages.ts"
import { Opcode } from "./opcodes.ts"
import { any, exactly, featureCodes, maxConnectionName, none, type Shape, shape, shapeFault, some } from "./shape.ts"
import { decodeSnapshotMarker } from "./snapshot-marker.ts"
import { readText } from "./text.ts"

const connectionName = { min: 1, max: maxConnectionName, step: 1, phrase: `1 to ${maxConnectionName}` }

const empty = shape(none, none, none)
const oneByte = shape(exactly(1), none, none)
const oneWord = shape(exactly(4), none, none)

const shapes: Record<Exclude<Opcode, typeof Opcode.SnapshotMarker>, Shape> = {
  [Opcode.Hello]: shape(none, any, featureCodes),
  [Opcode.SaslAuth]: shape(none, some, any),
  [Opcode.SelectBucket]: shape(none, any, none),
  [Opcode.Open]: shape(exactly(8), connectionName, any),
  [Opcode.AddStream]: oneWord,
  [Opcode.CloseStream]: empty,
  [Opcode.StreamRequest]: shape(exactly(48), none, any),
  [Opcode.StreamEnd]: oneWord,
  [Opcode.Mutation]: shape(exactly(31), any, any),
  [Opcode.SetVBucketState]: oneByte,
  [Opcode.Noop]: empty,
  [Opcode.BufferAck]: oneWord,
  [Opcode.Control]: shape(none, some, some)
}

/** The message in a request frame with a modelled opcode. */
export function decodeRequest(opcode: Opcode, frame: Frame, frameInfos: readonly FrameInfo[]): Request | CodecError {
  if (opcode === Opcode.SnapshotMarker) return decodeSnapshotMarker(frame, frameInfos)
  const fault = shapeFault(frame, shapes[opcode])
  if (fault !== undefined) return fault
  const { bytes, extrasStart, vbucketOrStatus: vbucket, opaque, cas, datatype } = frame
  switch (opcode) {
    case Opcode.AddStream: {
      const flags = readUint32(bytes, extrasStart)
      return { _tag: "AddStream", vbucket, opaque, cas, datatype, frameInfos, flags }
    }
    case Opcode.CloseStream:
      return { _tag: "CloseStream", vbucket, opaque, cas, datatype, frameInfos }
    case Opcode.StreamEnd: {
      const reason = readUint32(bytes, extrasStart)
      return { _tag: "StreamEnd", vbucket, opaque, cas, datatype, frameInfos, reason }
    }
    case Opcode.SetVBucketState: {
      const state = bytes[extrasStart]!
      return { _tag: "SetVBucketState", vbucket, opaque, cas, datatype, frameInfos, state }
    }
    case Opcode.Noop:
      return { _tag: "Noop", vbucket, opaque, cas, datatype, frameInfos }
    case Opcode.BufferAck: {
      const ackedBytes = readUint32(bytes, extrasStart)
      return { _tag: "BufferAck", vbucket, opaque, cas, datatype, frameInfos, ackedBytes }
    }
    case Opcode.Mutation:
      return mutation(frame, frameInfos)
    case Opcode.StreamRequest:
      return streamRequest(frame, frameInfos)
    case Opcode.Hello:
      return hello(frame, frameInfos)
    case Opcode.SaslAuth:
      return saslAuth(frame, frameInfos)
    case Opcode.SelectBucket:
      return selectBucket(frame, frameInfos)
    case Opcode.Open:
      return open(frame, frameInfos)
    case Opcode.Control:
      return control(frame, frameInfos)
  }
}

/** Reads the feature codes that make up the value of a HELO or of its response. */
export function readFeatures(frame: Frame): readonly number[] {
  const features: number[] = []
  for (let at = frame.valueStart; at < frame.bytes.length; at += 2) features.push(readUint16(frame.bytes, at))
  return features
}

function mutation(frame: Frame, frameInfos: readonly FrameInfo[]): Mutation {
  const { bytes, extrasStart: at } = frame
  return {
    _tag: "Mutation",
    vbucket: frame.vbucketOrStatus,
    opaque: frame.opaque,
    cas: frame.cas,
    datatype: frame.datatype,
    frameInfos,
    bySeqno: readUint64(bytes, at),
    revSeqno: readUint64(bytes, at + 8),
    flags: readUint32(bytes, at + 16),
    expiration: readUint32(bytes, at + 20),
    lockTime: readUint32(bytes, at + 24),
    nmeta: readUint16(bytes, at + 28),
    nru: bytes[at + 30]!,
    key: frame.key,
    value: frame.value
  }
}

function streamRequest(frame: Frame, frameInfos: readonly FrameInfo[]): StreamRequest | CodecError {
  const { bytes, extrasStart: at } = frame
  const value = readText(frame, frame.valueStart, bytes.length, "value")
  if (typeof value !== "string") return value
  return {
    _tag: "StreamRequest",
    vbucket: frame.vbucketOrStatus,
    opaque: frame.opaque,
    cas: frame.cas,
    datatype: frame.datatype,
    frameInfos,
    flags: readUint32(bytes, at),
    reserved: readUint32(bytes, at + 4),
    startSeqno: readUint64(bytes, at + 8),
    endSeqno: readUint64(bytes, at + 16),
    vbucketUuid: readUint64(bytes, at + 24),
    snapStartSeqno: readUint64(bytes, at + 32),
    snapEndSeqno: readUint64(bytes, at + 40),
    value
  }
}

function hello(frame: Frame, frameInfos: readonly FrameInfo[]): Hello | CodecError {
  const agent = readText(frame, frame.keyStart, frame.valueStart, "agent")
  if (typeof agent !== "string") return agent
  const { vbucketOrStatus: vbucket, opaque, cas, datatype } = frame
  return { _tag: "Hello", vbucket, opaque, cas, datatype, frameInfos, agent, features: readFeatures(frame) }
}

function saslAuth(frame: Frame, frameInfos: readonly FrameInfo[]): SaslAuth | CodecError {
  const mechanism = readText(frame, frame.keyStart, frame.valueStart, "mechanism")
  if (typeof mechanism !== "string") return mechanism
  const { vbucketOrStatus: vbucket, opaque, cas, datatype, value: payload } = frame
  return { _tag: "SaslAuth", vbucket, opaque, cas, datatype, frameInfos, mechanism, payload }
}

function selectBucket(frame: Frame, frameInfos: readonly FrameInfo[]): SelectBucket | CodecError {
  const bucket = readText(frame, frame.keyStart, frame.valueStart, "bucket")
  if (typeof bucket !== "string") return bucket
  const { vbucketOrStatus: vbucket, opaque, cas, datatype } = frame
  return { _tag: "SelectBucket", vbucket, opaque, cas, datatype, frameInfos, bucket }
}

function open(frame: Frame, frameInfos: readonly FrameInfo[]): Open | CodecError {
  const name = readText(frame, frame.keyStart, frame.valueStart, "name")
  if (typeof name !== "string") return name
  const value = readText(frame, frame.valueStart, frame.bytes.length, "value")
  if (typeof value !== "string") return value
  const reserved = readUint32(frame.bytes, frame.extrasStart)
  const flags = readUint32(frame.bytes, frame.extrasStart + 4)
  const { vbucketOrStatus: vbucket, opaque, cas, datatype } = frame
  return { _tag: "Open", vbucket, opaque, cas, datatype, frameInfos, reserved, flags, name, value }
}

function control(frame: Frame, frameInfos: readonly FrameInfo[]): Control | CodecError {
  const key = readText(frame, frame.keyStart, frame.valueStart, "key")
  if (typeof key !== "string") return key
  const value = readText(frame, frame.valueStart, frame.bytes.length, "value")
  if (typeof value !== "string") return value
  const { vbucketOrStatus: vbucket, opaque, cas, datatype } = frame
  return { _tag: "Control", vbucket, opaque, cas, datatype, frameInfos, key, value }
}
