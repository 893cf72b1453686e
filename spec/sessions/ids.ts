/**
 * The names of sessions and of what lives in them.
 *
 * Upstream a session's id is a UUID. Nothing in the protocol looks inside it but for two values that mean something by
 * themselves, so here an id is any name, and those two are named.
 */
import { Schema } from "effect"

/** A session, named by group 0. Source: service/session.hh session_id. */
export const SessionId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("SessionId"))
export type SessionId = typeof SessionId.Type

/**
 * No session: what an id is before anybody gave it a value (upstream all zeros).
 *
 * It is never registered, so that a forgotten id is refused; it is not the default session on purpose (M03).
 */
export const nullSession = SessionId.make("null")

/** The session of work that nothing fences (upstream a fixed UUID). It is always open and never stored in group 0. */
export const defaultSession = SessionId.make("default")

/** A live token that proves admission to a session on one shard. Source: service/session.hh session::guard. */
export const GuardId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("GuardId"))
export type GuardId = typeof GuardId.Type

/** One call to drain the closing sessions of a shard. */
export const DrainId = Schema.String.check(Schema.isNonEmpty()).pipe(Schema.brand("DrainId"))
export type DrainId = typeof DrainId.Type
