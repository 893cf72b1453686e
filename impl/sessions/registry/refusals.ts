/** What the registry throws at those whom it refuses. Anything else that comes out of it is a defect. */
import type { SessionId } from "../../../spec/sessions/ids.ts"

/** The session is not registered on this shard. */
export class SessionNotFound extends Error {
  readonly _tag = "SessionNotFound"

  constructor(session: SessionId) {
    super(`Session not found: ${session}`)
    this.name = this._tag
  }
}

/** Nobody gets in any more. */
export class GateClosed extends Error {
  readonly _tag = "GateClosed"

  constructor() {
    super("gate closed")
    this.name = this._tag
  }
}

/** The work was told to stop. */
export class AbortRequested extends Error {
  readonly _tag = "AbortRequested"

  constructor() {
    super("abort requested")
    this.name = this._tag
  }
}

/** Why a call was refused; nothing where it failed for another reason. */
export const refusalOf = (thrown: unknown): SessionNotFound | GateClosed | AbortRequested | undefined =>
  thrown instanceof SessionNotFound || thrown instanceof GateClosed || thrown instanceof AbortRequested
    ? thrown
    : undefined
