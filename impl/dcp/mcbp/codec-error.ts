/**
 * What is wrong with bytes from a peer.
 *
 * Every fault is a value of one class with a closed set of reasons. The splitter and `decode` return it; neither throws
 * for anything a peer can send. A fault of scope "connection" leaves the frame boundaries unknown, so the connection
 * must be closed; a fault of scope "message" concerns one frame, and the frames after it can still be read.
 */

const scopes = {
  UnknownMagic: "connection",
  BodyShorterThanParts: "connection",
  FrameTooLong: "connection",
  TruncatedFrame: "connection",
  TrailingBytes: "connection",
  WrongExtrasLength: "message",
  BadKeyLength: "message",
  BadValueLength: "message",
  UnexpectedValue: "message",
  BadFailoverLog: "message",
  BadFramingExtras: "message",
  BadText: "message",
  UnknownVersion: "message"
} as const

/** The closed set of faults. */
export type CodecErrorReason = keyof typeof scopes

/** How much a fault spoils: the whole connection, or one message. */
export type CodecErrorScope = (typeof scopes)[CodecErrorReason]

/** The parts of a fault. `expected` and `actual` are phrases that complete "must be …" and "was …". */
export interface CodecFault {
  readonly reason: CodecErrorReason
  /** What was being read, such as `STREAM_END` or `STREAM_REQ response`; `frame` if the header did not say. */
  readonly subject: string
  /** Offset of the frame's first byte in the stream of bytes. */
  readonly frameOffset: number
  /** Offset of the field at fault from the frame's first byte. */
  readonly offsetInFrame: number
  readonly field: string
  readonly expected: string
  readonly actual: string
}

/** A fault in bytes received, worded as `STREAM_END at byte 56: extras length must be 4, was 3`. */
export class CodecError extends Error implements CodecFault {
  readonly _tag = "CodecError"
  readonly reason: CodecErrorReason
  readonly subject: string
  readonly frameOffset: number
  readonly offsetInFrame: number
  readonly field: string
  readonly expected: string
  readonly actual: string

  constructor(fault: CodecFault) {
    super(
      `${fault.subject} at byte ${fault.frameOffset}: ${fault.field} must be ${fault.expected}, was ${fault.actual}`
    )
    this.name = "CodecError"
    this.reason = fault.reason
    this.subject = fault.subject
    this.frameOffset = fault.frameOffset
    this.offsetInFrame = fault.offsetInFrame
    this.field = fault.field
    this.expected = fault.expected
    this.actual = fault.actual
  }

  /** Offset of the field at fault in the stream of bytes. */
  get offset(): number {
    return this.frameOffset + this.offsetInFrame
  }

  /** Whether the connection must be closed or only this message is unreadable. */
  get scope(): CodecErrorScope {
    return scopes[this.reason]
  }
}
