/**
 * What an observer of one registry knows: how each session may stand, which guards live, and what each drain owes.
 *
 * It follows what the registry was asked and what it answered, never what it holds. Where nobody can see whether a drain
 * has forgotten a session yet, both are possible, until an answer tells. `follow.ts` keeps it up to date.
 */
import { type DrainId, defaultSession, type GuardId, type SessionId } from "../ids.ts"

/** How a session may stand: unknown to the registry, admitting work, or refusing it and waiting for its guards. */
export type Phase = "absent" | "open" | "closing"

const allPhases: ReadonlyArray<Phase> = ["absent", "open", "closing"]

export interface KnownSession {
  readonly session: SessionId
  /** All phases that explain what was seen, in the order of a life. */
  readonly phases: ReadonlyArray<Phase>
  /** It began to close at some time. */
  readonly closed: boolean
}

export interface LiveGuard {
  readonly guard: GuardId
  readonly session: SessionId
  /** Somebody waits to be called when the session begins to close. */
  readonly subscribed: boolean
}

export interface PendingDrain {
  readonly drain: DrainId
  /** Sessions that were closing when it was called, if they were registered at all, and that cannot have been made anew since. */
  readonly sessions: ReadonlyArray<SessionId>
  /** Guards that must be gone before it is over: those that lived in these sessions, and their copies. */
  readonly due: ReadonlyArray<GuardId>
  /** Guards that it may wait for; null until every earlier drain is over, for its list may be taken as late as that. */
  readonly may: ReadonlyArray<GuardId> | null
}

export interface Roll {
  /** By name. What is not here was never registered. */
  readonly sessions: ReadonlyArray<KnownSession>
  /** By name. */
  readonly guards: ReadonlyArray<LiveGuard>
  /** In the order of the calls. */
  readonly drains: ReadonlyArray<PendingDrain>
}

export const newRegistry: Roll = { sessions: [], guards: [], drains: [] }

/** How a session may stand. The default session is open for ever. */
export const phasesOf = (roll: Roll, session: SessionId): ReadonlyArray<Phase> => {
  if (session === defaultSession) return ["open"]
  return roll.sessions.find((known) => known.session === session)?.phases ?? ["absent"]
}

/** Whether a session began to close at some time. */
export const everClosed = (roll: Roll, session: SessionId): boolean =>
  roll.sessions.some((known) => known.session === session && known.closed)

/** Whether a session can be nothing but closing. */
export const isClosing = (roll: Roll, session: SessionId): boolean => {
  const phases = phasesOf(roll, session)
  return phases.length === 1 && phases[0] === "closing"
}

export const guardOf = (roll: Roll, guard: GuardId): LiveGuard | undefined =>
  roll.guards.find((live) => live.guard === guard)

export const guardsIn = (roll: Roll, session: SessionId): ReadonlyArray<GuardId> =>
  roll.guards.filter((live) => live.session === session).map(({ guard }) => guard)

/** Guards that a drain whose list is taken now has to wait for. */
export const guardsInClosing = (roll: Roll): ReadonlyArray<GuardId> =>
  roll.guards.filter(({ session }) => isClosing(roll, session)).map(({ guard }) => guard)

/** The roll with other phases for one session. A session that is as if it had never been is left out. */
export const withPhases = (roll: Roll, session: SessionId, phases: ReadonlyArray<Phase>, closed: boolean): Roll => {
  if (session === defaultSession) return roll
  const known: KnownSession = { session, phases: allPhases.filter((phase) => phases.includes(phase)), closed }
  const others = roll.sessions.filter((other) => other.session !== session)
  const forgettable = !closed && known.phases.join() === "absent"
  return { ...roll, sessions: forgettable ? others : byName([...others, known], ({ session }) => session) }
}

export const withGuards = (roll: Roll, guards: ReadonlyArray<LiveGuard>): Roll => ({
  ...roll,
  guards: byName(guards, ({ guard }) => guard)
})

const byName = <A>(all: ReadonlyArray<A>, name: (one: A) => string): ReadonlyArray<A> =>
  [...all].sort((one, other) => (name(one) < name(other) ? -1 : name(one) > name(other) ? 1 : 0))
