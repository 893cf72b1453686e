/**
 * From message to bytes.
 *
 * A message whose fields do not fit its packet (a number too large, an empty CONTROL key) is the caller's mistake and a
 * `RangeError`. Ill-shaped packets can be made on purpose with `writeFrame`.
 */
import { writeUint8, writeUint16, writeUint32, writeUint64 } from "./bytes.ts"
import { encodeResponse } from "./encode-responses.ts"
import { beginRequest, extrasStart } from "./frame-writer.ts"
import { maxBodyLength } from "./header.ts"
import type { Control, Hello, Message, Mutation, Open, SaslAuth, SelectBucket, StreamRequest } from "./messages.ts"
import { Opcode } from "./opcodes.ts"
import { maxConnectionName } from "./shape.ts"
import { encodeSnapshotMarker } from "./snapshot-marker.ts"
import { textBytes } from "./text.ts"

const maxKey = 0xffff

/** The packet of a message, in a new array (of an `Other`, its own bytes). */
export function encode(message: Message): Uint8Array {
  switch (message._tag) {
    case "AddStream": {
      const bytes = beginRequest(Opcode.AddStream, message, 4, 0, 0)
      writeUint32(bytes, extrasStart(bytes), message.flags, "flags")
      return bytes
    }
    case "CloseStream":
      return beginRequest(Opcode.CloseStream, message, 0, 0, 0)
    case "StreamEnd": {
      const bytes = beginRequest(Opcode.StreamEnd, message, 4, 0, 0)
      writeUint32(bytes, extrasStart(bytes), message.reason, "reason")
      return bytes
    }
    case "SetVBucketState": {
      const bytes = beginRequest(Opcode.SetVBucketState, message, 1, 0, 0)
      writeUint8(bytes, extrasStart(bytes), message.state, "state")
      return bytes
    }
    case "Noop":
      return beginRequest(Opcode.Noop, message, 0, 0, 0)
    case "BufferAck": {
      const bytes = beginRequest(Opcode.BufferAck, message, 4, 0, 0)
      writeUint32(bytes, extrasStart(bytes), message.ackedBytes, "ackedBytes")
      return bytes
    }
    case "Mutation":
      return mutation(message)
    case "SnapshotMarker":
      return encodeSnapshotMarker(message)
    case "StreamRequest":
      return streamRequest(message)
    case "Hello":
      return hello(message)
    case "SaslAuth":
      return saslAuth(message)
    case "SelectBucket":
      return selectBucket(message)
    case "Open":
      return open(message)
    case "Control":
      return control(message)
    case "Other":
      return message.bytes
    default:
      return encodeResponse(message)
  }
}

function mutation(message: Mutation): Uint8Array {
  const { key, value } = message
  const bytes = beginRequest(Opcode.Mutation, message, 31, key.length, value.length)
  const at = extrasStart(bytes)
  writeUint64(bytes, at, message.bySeqno, "bySeqno")
  writeUint64(bytes, at + 8, message.revSeqno, "revSeqno")
  writeUint32(bytes, at + 16, message.flags, "flags")
  writeUint32(bytes, at + 20, message.expiration, "expiration")
  writeUint32(bytes, at + 24, message.lockTime, "lockTime")
  writeUint16(bytes, at + 28, message.nmeta, "nmeta")
  writeUint8(bytes, at + 30, message.nru, "nru")
  writeParts(bytes, at + 31, key, value)
  return bytes
}

function streamRequest(message: StreamRequest): Uint8Array {
  const value = textBytes(message.value, "value", 0, maxBodyLength)
  const bytes = beginRequest(Opcode.StreamRequest, message, 48, 0, value.length)
  const at = extrasStart(bytes)
  writeUint32(bytes, at, message.flags, "flags")
  writeUint32(bytes, at + 4, message.reserved, "reserved")
  writeUint64(bytes, at + 8, message.startSeqno, "startSeqno")
  writeUint64(bytes, at + 16, message.endSeqno, "endSeqno")
  writeUint64(bytes, at + 24, message.vbucketUuid, "vbucketUuid")
  writeUint64(bytes, at + 32, message.snapStartSeqno, "snapStartSeqno")
  writeUint64(bytes, at + 40, message.snapEndSeqno, "snapEndSeqno")
  bytes.set(value, at + 48)
  return bytes
}

function hello(message: Hello): Uint8Array {
  const agent = textBytes(message.agent, "agent", 0, maxKey)
  const { features } = message
  const bytes = beginRequest(Opcode.Hello, message, 0, agent.length, 2 * features.length)
  const at = extrasStart(bytes)
  bytes.set(agent, at)
  for (let i = 0; i < features.length; i++) writeUint16(bytes, at + agent.length + 2 * i, features[i]!, "feature")
  return bytes
}

function saslAuth(message: SaslAuth): Uint8Array {
  const mechanism = textBytes(message.mechanism, "mechanism", 1, maxKey)
  const bytes = beginRequest(Opcode.SaslAuth, message, 0, mechanism.length, message.payload.length)
  writeParts(bytes, extrasStart(bytes), mechanism, message.payload)
  return bytes
}

function selectBucket(message: SelectBucket): Uint8Array {
  const bucket = textBytes(message.bucket, "bucket", 0, maxKey)
  const bytes = beginRequest(Opcode.SelectBucket, message, 0, bucket.length, 0)
  bytes.set(bucket, extrasStart(bytes))
  return bytes
}

function open(message: Open): Uint8Array {
  const name = textBytes(message.name, "name", 1, maxConnectionName)
  const value = textBytes(message.value, "value", 0, maxBodyLength)
  const bytes = beginRequest(Opcode.Open, message, 8, name.length, value.length)
  const at = extrasStart(bytes)
  writeUint32(bytes, at, message.reserved, "reserved")
  writeUint32(bytes, at + 4, message.flags, "flags")
  writeParts(bytes, at + 8, name, value)
  return bytes
}

function control(message: Control): Uint8Array {
  const key = textBytes(message.key, "key", 1, maxKey)
  const value = textBytes(message.value, "value", 1, maxBodyLength)
  const bytes = beginRequest(Opcode.Control, message, 0, key.length, value.length)
  writeParts(bytes, extrasStart(bytes), key, value)
  return bytes
}

function writeParts(bytes: Uint8Array, at: number, key: Uint8Array, value: Uint8Array): void {
  bytes.set(key, at)
  bytes.set(value, at + key.length)
}
