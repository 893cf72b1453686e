/** How the roll follows what is seen of a registry. */

import type { Memory } from "../../law.ts"
import type { DrainId, GuardId, SessionId } from "../ids.ts"
import type { RegistryLabel } from "./labels.ts"
import type { Refusal, RegistryInput, RegistryOutput } from "./messages.ts"
import {
  everClosed,
  guardOf,
  guardsIn,
  guardsInClosing,
  newRegistry,
  type PendingDrain,
  type Phase,
  phasesOf,
  type Roll,
  withGuards,
  withPhases
} from "./roll.ts"

export const roll: Memory<Roll, RegistryLabel> = {
  name: "roll",
  init: newRegistry,
  on: (before, { input, outputs }) => {
    const over = drainsOver(outputs)
    return turnsTaken(over.reduce(drained, maybeForgotten(taken(before, input, outputs))))
  }
}

/** Why the call was refused, or nothing where it was not. */
export const refusalIn = (outputs: ReadonlyArray<RegistryOutput>): Refusal | undefined =>
  outputs.find((output) => output._tag === "Refused")?.reason

/** The drains that were over in this step. */
export const drainsOver = (outputs: ReadonlyArray<RegistryOutput>): ReadonlyArray<DrainId> =>
  outputs.flatMap((output) => (output._tag === "Drained" ? [output.drain] : []))

/** The guards whose subscribers were called in this step. */
export const guardsAborted = (outputs: ReadonlyArray<RegistryOutput>): ReadonlyArray<GuardId> =>
  outputs.flatMap((output) => (output._tag === "Aborted" ? [output.guard] : []))

/** What is known once an input was answered, before any drain that this lets go on. */
export const taken = (before: Roll, input: RegistryInput, outputs: ReadonlyArray<RegistryOutput>): Roll => {
  const refusal = refusalIn(outputs)
  switch (input._tag) {
    case "Create":
      return created(before, input.session)
    case "Enter":
      return entered(before, input.session, input.guard, refusal)
    case "Check":
      return before
    case "Copy":
      return refusal === undefined ? copied(before, input.guard, input.copy) : before
    case "Move":
      return moved(before, input.guard, input.to)
    case "Release":
      return released(before, input.guard)
    case "Subscribe":
      return refusal === undefined ? subscribed(before, input.guard, true) : before
    case "CloseAllExcept":
      return guardsAborted(outputs).reduce((now, guard) => subscribed(now, guard, false), closed(before, input.keep))
    case "Drain":
      return called(before, input.drain)
  }
}

/** What is not there becomes open; what is there stays as it is, closing or not. Drains that were to forget it have done so. */
const created = (before: Roll, session: SessionId): Roll => {
  const phases = phasesOf(before, session)
  if (!phases.includes("absent")) return before
  const after = phases.map((phase): Phase => (phase === "absent" ? "open" : phase))
  return withDrains(withPhases(before, session, after, everClosed(before, session)), (drain) => ({
    ...drain,
    sessions: drain.sessions.filter((other) => other !== session)
  }))
}

/** The answer tells how the session stands, if that was possible at all. */
const entered = (before: Roll, session: SessionId, guard: GuardId, refusal: Refusal | undefined): Roll => {
  const phase: Phase = refusal === undefined ? "open" : refusal === "SessionNotFound" ? "absent" : "closing"
  const told = phasesOf(before, session).includes(phase)
    ? withPhases(before, session, [phase], everClosed(before, session))
    : before
  return refusal === undefined ? withGuards(told, [...told.guards, { guard, session, subscribed: false }]) : told
}

/** Whoever waits for a guard waits for its copies. */
const copied = (before: Roll, guard: GuardId, copy: GuardId): Roll => {
  const source = guardOf(before, guard)
  if (source === undefined) return before
  const live = withGuards(before, [...before.guards, { ...source, guard: copy, subscribed: false }])
  return withAwaited(live, (guards) => (guards.includes(guard) ? [...guards, copy] : guards))
}

const moved = (before: Roll, guard: GuardId, to: GuardId): Roll => {
  const live = withGuards(
    before,
    before.guards.map((other) => (other.guard === guard ? { ...other, guard: to } : other))
  )
  return withAwaited(live, (guards) => guards.map((other) => (other === guard ? to : other)))
}

const released = (before: Roll, guard: GuardId): Roll => {
  const live = withGuards(
    before,
    before.guards.filter((other) => other.guard !== guard)
  )
  return withAwaited(live, (guards) => guards.filter((other) => other !== guard))
}

const subscribed = (before: Roll, guard: GuardId, yes: boolean): Roll =>
  withGuards(
    before,
    before.guards.map((other) => (other.guard === guard ? { ...other, subscribed: yes } : other))
  )

const closed = (before: Roll, keep: ReadonlyArray<SessionId>): Roll =>
  before.sessions
    .filter(({ session, phases }) => !keep.includes(session) && phases.includes("open"))
    .reduce(
      (now, { session, phases }) =>
        withPhases(
          now,
          session,
          phases.map((phase): Phase => (phase === "open" ? "closing" : phase)),
          true
        ),
      before
    )

/** What is closing now has to be gone when this drain is over. What closes later need not. */
const called = (before: Roll, drain: DrainId): Roll => {
  const sessions = before.sessions
    .filter(({ phases }) => phases.includes("closing") && !phases.includes("open"))
    .map(({ session }) => session)
  const pending: PendingDrain = { drain, sessions, due: guardsInClosing(before), may: null }
  return { ...before, drains: [...before.drains, pending] }
}

/** While a drain runs, any closing session that nobody is in may be forgotten, and nobody sees when. */
const maybeForgotten = (before: Roll): Roll =>
  before.drains.length === 0
    ? before
    : before.sessions
        .filter(({ session, phases }) => phases.includes("closing") && guardsIn(before, session).length === 0)
        .reduce((now, { session, phases, closed }) => withPhases(now, session, ["absent", ...phases], closed), before)

const drained = (before: Roll, drain: DrainId): Roll => {
  const over = before.drains.find((pending) => pending.drain === drain)
  if (over === undefined) return before
  const forgotten = over.sessions.reduce((now, session) => {
    const phases = phasesOf(now, session).map((phase): Phase => (phase === "closing" ? "absent" : phase))
    return withPhases(now, session, phases, true)
  }, before)
  return { ...forgotten, drains: forgotten.drains.filter((pending) => pending !== over) }
}

/** The first drain's turn has come: what is closing by now is all that it may wait for. */
const turnsTaken = (before: Roll): Roll => {
  const may = guardsInClosing(before)
  return withDrains(before, (drain, position) => (position === 0 && drain.may === null ? { ...drain, may } : drain))
}

const withDrains = (before: Roll, change: (drain: PendingDrain, position: number) => PendingDrain): Roll => ({
  ...before,
  drains: before.drains.map(change)
})

const withAwaited = (before: Roll, change: (guards: ReadonlyArray<GuardId>) => ReadonlyArray<GuardId>): Roll =>
  withDrains(before, (drain) => ({
    ...drain,
    due: [...change(drain.due)].sort(),
    may: drain.may === null ? null : [...change(drain.may)].sort()
  }))
