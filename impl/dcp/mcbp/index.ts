/**
 * The memcached binary protocol as DCP stream set-up uses it: bytes to frames to messages, and back.
 *
 * `FrameSplitter` cuts a stream of bytes into frames, `decode` turns a frame into a message, `encode` a message into
 * bytes. Faults in bytes from a peer are returned as `CodecError`, never thrown.
 */
export { CodecError, type CodecErrorReason, type CodecErrorScope } from "./codec-error.ts"
export { decode } from "./decode.ts"
export { encode } from "./encode.ts"
export type { FailoverEntry } from "./failover-log.ts"
export { AddStreamFlag, Datatype, HelloFeature, OpenFlag, SnapshotFlag } from "./flags.ts"
export { Frame, parseFrame } from "./frame.ts"
export { type FrameParts, writeFrame } from "./frame-writer.ts"
export { type FrameInfo, streamIdFrameInfo, streamIdOf } from "./framing-extras.ts"
export { HeaderReader, headerLength, headerReader, maxBodyLength } from "./header.ts"
export { Magic } from "./magic.ts"
export * from "./messages.ts"
export { Opcode, opcodeName, PassThroughOpcode } from "./opcodes.ts"
export { plainCredentials } from "./sasl-plain.ts"
export { FrameSplitter, type Split } from "./splitter.ts"
export { Status, StreamEndReason, statusName, VBucketState } from "./status.ts"
export { littleEndianHostOpaque } from "./stream-opaque.ts"
