/**
 * From frame to message.
 *
 * Law S18: `decode` undoes `encode`, and `encode` undoes `decode` for every frame but one that has an alternative magic
 * and yet no framing extras: the message cannot tell it from the same packet under the plain magic.
 */
import { CodecError } from "./codec-error.ts"
import { decodeRequest } from "./decode-requests.ts"
import { decodeResponse } from "./decode-responses.ts"
import type { Frame } from "./frame.ts"
import { parseFrameInfos } from "./framing-extras.ts"
import { type HeaderReader, headerReader } from "./header.ts"
import { isResponse, isServer } from "./magic.ts"
import type { Message } from "./messages.ts"
import { isModelled } from "./opcodes.ts"

/** The message in a frame, or the fault, always of scope "message", that keeps it from being one. Never throws. */
export function decode(frame: Frame, reader: HeaderReader = headerReader): Message | CodecError {
  const { opcode, magic } = frame
  if (isServer(magic) || !isModelled(opcode)) {
    const { vbucketOrStatus, opaque, bytes } = frame
    return { _tag: "Other", magic, opcode, vbucketOrStatus, opaque, bytes }
  }
  const frameInfos = parseFrameInfos(frame)
  if (frameInfos instanceof CodecError) return frameInfos
  return isResponse(magic)
    ? decodeResponse(opcode, frame, frameInfos, reader)
    : decodeRequest(opcode, frame, frameInfos)
}
