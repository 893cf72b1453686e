import { type CodecError, statusName } from "./mcbp/index.ts"

/** The steps of the connect order. */
export type ConnectStep = "auth" | "selectBucket" | "hello" | "open"

/** The closed set of reasons. */
export type ConnectErrorReason =
  /** The server answered with a status other than success. */
  | "Refused"
  /** The server did not accept a feature that is not snappy. */
  | "FeatureRefused"
  /** Something other than the response awaited came. */
  | "UnexpectedPacket"
  /** Bytes came that are no message. */
  | "BadBytes"
  | "SocketClosed"
  | "TimedOut"

/** Why a connection could not be made. */
export class ConnectError extends Error {
  readonly _tag = "ConnectError"
  readonly reason: ConnectErrorReason
  readonly step: ConnectStep
  /** The status of the response; present with `Refused` only. */
  readonly status: number | undefined

  constructor(reason: ConnectErrorReason, step: ConnectStep, detail: string, status?: number, cause?: CodecError) {
    super(`${step}: ${detail}`, { cause })
    this.name = "ConnectError"
    this.reason = reason
    this.step = step
    this.status = status
  }
}

/** The error of a step that the server refused. */
export function refused(step: ConnectStep, status: number): ConnectError {
  return new ConnectError("Refused", step, `refused with ${statusName(status)}`, status)
}
