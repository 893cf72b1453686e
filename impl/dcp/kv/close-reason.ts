import type { CodecError } from "../mcbp/index.ts"

/** Why a kv endpoint holds a connection for over; a closed set. */
export type CloseReason =
  /** The other end closed, between two frames. */
  | { readonly _tag: "PeerClosed" }
  /** The other end sent bytes that are no message, or closed in the middle of a frame. */
  | { readonly _tag: "BadBytes"; readonly error: CodecError }
  /** The other end sent a message that it may not send now. */
  | { readonly _tag: "ProtocolViolation"; readonly what: string }
  /** Another connection was opened under the same name. */
  | { readonly _tag: "Evicted"; readonly by: number }
  /** A misbehaviour of this name was switched on and closed it. */
  | { readonly _tag: "Misbehaved"; readonly name: string }
  /** The program that runs the endpoint asked for it. */
  | { readonly _tag: "Ordered" }
