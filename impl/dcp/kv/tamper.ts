/** Bytes that are wrong in one named way, made from the message that should have been sent. */
import { encode, Frame, type Message, maxBodyLength, parseFrame, streamIdFrameInfo, writeFrame } from "../mcbp/index.ts"

/** Tag of a message, such as `StreamEnd`. */
export type MessageTag = Message["_tag"]

/** Misbehaviours of any endpoint, by name, with their parameters. */
export interface CommonMisbehaviours {
  /** Closes the connection on receipt of such a message, unanswered. */
  readonly disconnectOn: { readonly message: MessageTag }
  /** Sends bytes that begin with no known magic. */
  readonly garbage: { readonly insteadOf: MessageTag; readonly bytes?: Uint8Array }
  /** Sends the first half of the message and closes. */
  readonly halfFrameThenClose: { readonly insteadOf: MessageTag }
  /** Announces a body longer than any frame may have; one byte above the limit if not told. */
  readonly oversizedFrame: { readonly insteadOf: MessageTag; readonly bodyLength?: number }
  /** Announces a body that cannot hold the extras. */
  readonly bodyShorterThanParts: { readonly insteadOf: MessageTag }
  /** Adds a byte to the extras. */
  readonly wrongExtrasLength: { readonly insteadOf: MessageTag }
  /** Sends the request with a stream-id under the alternative magic, which a proxy does not know. */
  readonly alternativeMagic: { readonly insteadOf: MessageTag; readonly streamId?: number }
}

/** Those of them that replace a message by bytes. */
export type Tampering = Exclude<keyof CommonMisbehaviours, "disconnectOn">

/** Makes the bytes to send instead of a message. */
export const tamper: {
  readonly [Name in Tampering]: (message: Message, given: CommonMisbehaviours[Name]) => Uint8Array
} = {
  garbage: (_, { bytes }) => bytes ?? new Uint8Array(32).fill(0xff),
  halfFrameThenClose: (message) => {
    const bytes = encode(message)
    return bytes.subarray(0, bytes.length >>> 1)
  },
  oversizedFrame: (message, { bodyLength = maxBodyLength + 1 }) => withBodyLength(encode(message), bodyLength),
  bodyShorterThanParts: (message) => {
    // One byte of extras more than there is body.
    const bytes = withBodyLength(encode(message).slice(0, 24), 0)
    bytes[4] = 1
    return bytes
  },
  wrongExtrasLength: (message) => {
    const frame = wellFormed(message)
    return writeFrame({ ...parts(frame), extras: Buffer.concat([frame.extras, Uint8Array.of(0)]) })
  },
  alternativeMagic: (message, { streamId = 7 }) =>
    "vbucket" in message ? encode({ ...message, frameInfos: [streamIdFrameInfo(streamId)] }) : encode(message)
}

function parts({ magic, opcode, vbucketOrStatus, opaque, datatype, cas, key, value }: Frame) {
  return { magic, opcode, vbucketOrStatus, opaque, datatype, cas, key, value }
}

function wellFormed(message: Message): Frame {
  const frame = parseFrame(encode(message))
  if (frame instanceof Frame) return frame
  throw frame
}

function withBodyLength(bytes: Uint8Array, bodyLength: number): Uint8Array {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(8, bodyLength)
  return bytes
}
