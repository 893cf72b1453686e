/** Laws about guards and who is told of a close: S4, S14, S15. */
import { history } from "../../../law.ts"
import { defaultSession, type GuardId } from "../../ids.ts"
import { drainsOver, guardsAborted, refusalIn, roll, taken } from "../follow.ts"
import type { RegistryLabel } from "../labels.ts"
import { guardOf, guardsIn, isClosing, type Roll } from "../roll.ts"
import { waitsForNothing } from "./drains.ts"

export const S4 = history("SES-S4", {
  sentence:
    "What is counted is what lives: a session is registered while a guard of it lives, and held by nothing else.",
  source: "dossier sessions 4.1, S4; service/session.hh session::guard",
  follows: roll,
  breaks: (before, label, after) =>
    forgottenAlive(before, label) ??
    overInUse(before, label) ??
    calledDead(before, label) ??
    (waitsForNothing(after) && after.guards.length === 0 ? "a drain waits although no guard lives" : undefined)
})

/** A session that guards hold is not known any more. */
const forgottenAlive = (before: Roll, { input, outputs }: RegistryLabel): string | undefined => {
  if (input._tag !== "Enter" || refusalIn(outputs) !== "SessionNotFound") return undefined
  const held = guardsIn(before, input.session)
  return held.length === 0 ? undefined : `${input.session} is forgotten while ${held.join(", ")} of it lives`
}

/** A drain counted fewer guards than there are. */
const overInUse = (before: Roll, { input, outputs }: RegistryLabel): string | undefined => {
  const at = taken(before, input, outputs)
  const held = drainsOver(outputs).flatMap((drain) => at.drains.find((pending) => pending.drain === drain)?.due ?? [])
  return held.length === 0 ? undefined : `${held.join(", ")} still lives and is not counted`
}

/** A subscription outlived the guard that it was made under. */
const calledDead = (before: Roll, { outputs }: RegistryLabel): string | undefined => {
  const dead = guardsAborted(outputs).find((guard) => guardOf(before, guard) === undefined)
  return dead === undefined ? undefined : `${dead} is called although it is gone`
}

export const S14 = history("SES-S14", {
  sentence: "A live guard can be copied, also when its session is closing: its source is inside.",
  source: "dossier sessions 2.4, copy; seastar gate.hh gate::holder",
  follows: roll,
  breaks: (before, { input, outputs }) =>
    input._tag === "Copy" && guardOf(before, input.guard) !== undefined && refusalIn(outputs) !== undefined
      ? `${input.guard} lives and cannot be copied`
      : undefined
})

export const S15 = history("SES-S15", {
  sentence:
    "Whoever subscribed is called once when its session begins to close, while its guard is still valid; whoever comes later is told so.",
  source:
    "dossier sessions 2.3 and 2.4; service/session.hh session::start_closing; repair/row_level.cc insert_repair_meta",
  follows: roll,
  breaks: (before, label) => lateUntold(before, label) ?? callsDiffer(due(before, label), label)
})

const lateUntold = (before: Roll, { input, outputs }: RegistryLabel): string | undefined => {
  if (input._tag !== "Subscribe") return undefined
  const live = guardOf(before, input.guard)
  return live !== undefined && isClosing(before, live.session) && refusalIn(outputs) === undefined
    ? `${input.guard} subscribes too late and is not told`
    : undefined
}

/** Who has to be called in this step. */
const due = (before: Roll, { input }: RegistryLabel): ReadonlyArray<GuardId> => {
  if (input._tag !== "CloseAllExcept") return []
  const closes = before.guards.filter(
    ({ session }) => session !== defaultSession && !input.keep.includes(session) && !isClosing(before, session)
  )
  return closes.filter(({ subscribed }) => subscribed).map(({ guard }) => guard)
}

const callsDiffer = (due: ReadonlyArray<GuardId>, { outputs }: RegistryLabel): string | undefined => {
  const calls = guardsAborted(outputs)
  const missed = due.find((guard) => !calls.includes(guard))
  if (missed !== undefined) return `${missed} is not called`
  const tooOften = calls.find((guard, at) => !due.includes(guard) || calls.indexOf(guard) !== at)
  if (tooOften !== undefined) return `${tooOften} is called without reason`
  const late = outputs.find((output) => output._tag === "Aborted" && !output.valid)
  return late?._tag === "Aborted" ? `${late.guard} is called when it is no longer valid` : undefined
}
