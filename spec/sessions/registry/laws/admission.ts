/** Laws about who gets in, and for how long: S2, S3, S7r, S12r, S13, L7. */
import { history } from "../../../law.ts"
import { defaultSession, type GuardId, nullSession, type SessionId } from "../../ids.ts"
import { guardsAborted, refusalIn, roll } from "../follow.ts"
import type { RegistryLabel } from "../labels.ts"
import { everClosed, guardOf, isClosing, phasesOf, type Roll } from "../roll.ts"

type Input<Tag extends RegistryLabel["input"]["_tag"]> = Extract<RegistryLabel["input"], { _tag: Tag }>

/** The entry that was admitted in this step, if any. */
const admitted = ({ input, outputs }: RegistryLabel): Input<"Enter"> | undefined =>
  input._tag === "Enter" && refusalIn(outputs) === undefined ? input : undefined

/** The session that this step treats as if it were open. */
const takenForOpen = (before: Roll, label: RegistryLabel): SessionId | undefined => {
  const { input, outputs } = label
  if (refusalIn(outputs) !== undefined) return undefined
  if (input._tag === "Enter") return input.session
  if (input._tag === "Check" || input._tag === "Subscribe") return guardOf(before, input.guard)?.session
  return undefined
}

export const S2 = history("SES-S2", {
  sentence: "A life goes one way: a session that began to close is never open again until a drain has forgotten it.",
  source: "dossier sessions 4.1, S2; service/session.hh session::start_closing",
  reading:
    "Seen by who is let in, whose check passes and who may subscribe. Once a drain may have forgotten it, create makes another session of the same name.",
  follows: roll,
  breaks: (before, label) => {
    const session = takenForOpen(before, label)
    return session !== undefined && isClosing(before, session)
      ? `${session} began to close and is open again at ${label.input._tag}`
      : undefined
  }
})

export const S3 = history("SES-S3", {
  sentence: "Entering succeeds exactly when the session is registered and open at that instant.",
  source: "dossier sessions 4.1, S3; service/session.cc session_manager::enter_session",
  reading: "Which reason is given for a refusal is judged by S4 and S5 only, where it tells what is registered.",
  follows: roll,
  breaks: (before, label) => {
    const { input } = label
    if (input._tag !== "Enter") return undefined
    const phases = phasesOf(before, input.session)
    if (admitted(label) === undefined)
      return phases.length === 1 && phases[0] === "open" ? `${input.session} is open and refuses entry` : undefined
    return phases.includes("open") ? undefined : `${input.session} is ${phases.join(" or ")} and admits ${input.guard}`
  }
})

export const S7r = history("SES-S7r", {
  sentence:
    "A stale permit is worth nothing: once its session began to close, entering fails until it is created anew.",
  source: "dossier sessions 4.1, S7; service/session.cc initiate_close_of_sessions_except",
  reading:
    "S7 as one registry can be held to. That group 0 never names an id twice is S9; here create may, after a drain has forgotten it.",
  follows: roll,
  breaks: (before, label) => {
    const entry = admitted(label)
    if (entry === undefined || !everClosed(before, entry.session)) return undefined
    return phasesOf(before, entry.session).includes("open")
      ? undefined
      : `${entry.session} was closed, and ${entry.guard} is admitted to it`
  }
})

export const S12r = history("SES-S12r", {
  sentence: "A forgotten id is refused: the null session admits nobody.",
  source: "dossier sessions 4.1, S12, and 2.3; test/boost/sessions_test.cc",
  reading: "S12 as one registry can be held to: what is missing does not become the default session.",
  follows: roll,
  breaks: (_, label) => {
    const entry = admitted(label)
    return entry?.session === nullSession ? `${entry.guard} is admitted to no session at all` : undefined
  }
})

export const S13 = history("SES-S13", {
  sentence: "A check refuses a guard exactly from when its session began to close.",
  source: "dossier sessions 2.4, check; service/session.hh session::guard::check",
  follows: roll,
  breaks: (before, { input, outputs }) => {
    if (input._tag !== "Check") return undefined
    const live = guardOf(before, input.guard)
    if (live === undefined) return undefined
    const closing = isClosing(before, live.session)
    if (closing === (refusalIn(outputs) !== undefined)) return undefined
    return closing
      ? `${input.guard} passes although ${live.session} is closing`
      : `${input.guard} is refused although ${live.session} is open`
  }
})

export const L7 = history("SES-L7", {
  sentence: "Work under the default session is never refused, nor told to stop.",
  source: "dossier sessions 4.2, L7; service/session.cc initiate_close_of_sessions_except",
  follows: roll,
  breaks: (before, { input, outputs }) => {
    const isDefault = (guard: GuardId): boolean => guardOf(before, guard)?.session === defaultSession
    const told = guardsAborted(outputs).find(isDefault)
    if (told !== undefined) return `${told} is told that the default session closes`
    if (refusalIn(outputs) === undefined) return undefined
    if (input._tag === "Enter")
      return input.session === defaultSession ? `the default session refuses ${input.guard}` : undefined
    return "guard" in input && isDefault(input.guard) ? `${input.guard} of the default session is refused` : undefined
  }
})
