/** The state of one shard's session registry, as plain data. */

import { type DrainId, defaultSession, type GuardId, type SessionId } from "../../../spec/sessions/ids.ts"
import type { Refusal, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import type { Step } from "../../kernel/role.ts"

export interface Session {
  readonly session: SessionId
  /** open admits work, closing refuses it and waits. Never goes back (S2). Written by a close only. */
  readonly phase: "open" | "closing"
  /** Guards alive now, copies included (S4). Zero while closing means that a drain may forget the session (S5). */
  readonly guards: number
  /** Guards whose holders want to be called when the session begins to close, in the order in which they asked. */
  readonly subscribers: ReadonlyArray<GuardId>
}

/** A guard that somebody holds. */
export interface Held {
  readonly guard: GuardId
  readonly session: SessionId
}

export interface Drain {
  readonly drain: DrainId
  /** What it still has to forget, next first. Null while another drain is going on: it takes its list when its turn comes. */
  readonly list: ReadonlyArray<SessionId> | null
}

export interface Registry {
  /** In the order of creation, the default session first. */
  readonly sessions: ReadonlyArray<Session>
  readonly held: ReadonlyArray<Held>
  /** Sessions that are closing, the last to close first. */
  readonly closing: ReadonlyArray<SessionId>
  /** The first is going on, the others wait for their turn: one drain at a time. */
  readonly drains: ReadonlyArray<Drain>
}

/** A refusal leaves the registry as it was. */
export type RegistryStep = Step<Registry, RegistryOutput, Refusal>

const opened = (session: SessionId): Session => ({ session, phase: "open", guards: 0, subscribers: [] })

/** A registry as a shard starts with it: the default session is there, and nothing else. */
export const fresh: Registry = { sessions: [opened(defaultSession)], held: [], closing: [], drains: [] }

export const sessionOf = (registry: Registry, session: SessionId): Session | undefined =>
  registry.sessions.find((other) => other.session === session)

/** The session of a guard. Throws `TypeError` where nobody holds the guard, for an environment does not use what it has not. */
export const sessionUnder = (registry: Registry, guard: GuardId): SessionId => {
  const held = registry.held.find((other) => other.guard === guard)
  if (held === undefined) throw new TypeError(`nobody holds guard ${guard}`)
  return held.session
}

export const withSession = (registry: Registry, session: SessionId, change: (was: Session) => Session): Registry => ({
  ...registry,
  sessions: registry.sessions.map((other) => (other.session === session ? change(other) : other))
})

export const register = (registry: Registry, session: SessionId): Registry => ({
  ...registry,
  sessions: [...registry.sessions, opened(session)]
})

/** As many guards more or fewer; what a wrong design counts twice does not count below zero. */
export const counted = (registry: Registry, session: SessionId, more: number): Registry =>
  withSession(registry, session, (was) => ({ ...was, guards: Math.max(0, was.guards + more) }))

export const holding = (registry: Registry, guard: GuardId, session: SessionId): Registry => ({
  ...registry,
  held: [...registry.held, { guard, session }].sort((one, other) => (one.guard < other.guard ? -1 : 1))
})

export const lettingGo = (registry: Registry, guard: GuardId): Registry => ({
  ...registry,
  held: registry.held.filter((other) => other.guard !== guard)
})
