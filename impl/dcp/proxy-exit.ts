import type { CrashReason } from "../../spec/dcp/messages.ts"
import type { CodecError } from "./mcbp/index.ts"

/** Why a proxy process ends, beside what may end any process. */
export type ProxyExit =
  | CrashReason
  /** A packet with a magic that this proxy does not speak, such as one with framing extras. */
  | { readonly _tag: "UnexpectedMagic"; readonly magic: number }
  /** Bytes that are no packet: where the next one begins is unknown. */
  | { readonly _tag: "BadBytes"; readonly error: CodecError }
  /** Its own socket, or its partner's, did not take what had to be written. */
  | { readonly _tag: "WriteFailed"; readonly error: unknown }
