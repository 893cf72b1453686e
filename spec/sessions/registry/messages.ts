/**
 * The words of one shard's session registry: what it is asked, and what it answers.
 *
 * Source: dossier `sessions.md` 2.3 and 2.4; service/session.hh session_manager and session. To freeze a guard is to take its
 * session's id along, which asks nothing of the registry, so there is no word for it.
 */
import { Schema } from "effect"
import { DrainId, GuardId, SessionId } from "../ids.ts"

/** Why the registry refuses: no such session here; the session takes nobody in any more; the session is closing. */
export const Refusal = Schema.Literals(["SessionNotFound", "GateClosed", "AbortRequested"])
export type Refusal = typeof Refusal.Type

/** What a registry may be asked. */
export const RegistryInput = Schema.TaggedUnion({
  /** Register a session, open; nothing happens if it is registered. Nobody asks for the null session. */
  Create: { session: SessionId },
  /** Make a frozen guard live. `guard` is what the caller will call it. */
  Enter: { session: SessionId, guard: GuardId },
  Check: { guard: GuardId },
  Copy: { guard: GuardId, copy: GuardId },
  /** Hand a guard over: from now on it is called `to`, and there is as much of it as before. */
  Move: { guard: GuardId, to: GuardId },
  Release: { guard: GuardId },
  /** Ask to be called when the guard's session begins to close. Refused where it has begun already: the call will never come. */
  Subscribe: { guard: GuardId },
  /** Begin to close every session but these and the default one. */
  CloseAllExcept: { keep: Schema.Array(SessionId) },
  /** Wait until no closing session has guards, and forget those sessions. */
  Drain: { drain: DrainId }
})
export type RegistryInput = typeof RegistryInput.Type

/** What a registry may answer, each to one input or because of one. */
export const RegistryOutput = Schema.TaggedUnion({
  /** The call came back. A drain comes back at once and is over later. */
  Done: {},
  Refused: { reason: Refusal },
  /** A drain is over. */
  Drained: { drain: DrainId },
  /** A subscriber was called. `valid` is what its guard says while the call lasts. */
  Aborted: { guard: GuardId, valid: Schema.Boolean }
})
export type RegistryOutput = typeof RegistryOutput.Type
