/** Laws about drains: S5, L2r. */
import { history } from "../../../law.ts"
import { drainsOver, refusalIn, roll, taken } from "../follow.ts"
import type { RegistryLabel } from "../labels.ts"
import { everClosed, phasesOf, type Roll } from "../roll.ts"

export const S5 = history("SES-S5", {
  sentence:
    "When a drain is over, every session that was closing when it was called has no guards and is not registered any more.",
  source: "dossier sessions 4.1, S5; service/session.cc session_manager::drain_closing_sessions",
  reading: "A queued drain may also wait for what begins to close before its turn: it takes its list as late as that.",
  follows: roll,
  breaks: (before, label) => {
    const at = taken(before, label.input, label.outputs)
    for (const drain of drainsOver(label.outputs)) {
      const pending = at.drains.find((other) => other.drain === drain)
      if (pending === undefined) return `${drain} is over and was not going on`
      if (pending.due.length > 0) return `${drain} is over while ${pending.due.join(", ")} lives`
    }
    return stillThere(before, label)
  }
})

/** A session that was drained answers as if it were closing still. */
const stillThere = (before: Roll, { input, outputs }: RegistryLabel): string | undefined => {
  if (input._tag !== "Enter" || refusalIn(outputs) !== "GateClosed") return undefined
  const phases = phasesOf(before, input.session)
  return phases.length === 1 && phases[0] === "absent" && everClosed(before, input.session)
    ? `${input.session} was drained and is still registered`
    : undefined
}

export const L2r = history("SES-L2r", {
  sentence: "An open session never delays a drain.",
  source: "dossier sessions 4.2, L2; scylladb issue 14995, for which there are sessions at all",
  reading:
    "L2 as one registry can be held to: open means open when the drain's turn came, and whatever can go on does so within the step.",
  follows: roll,
  breaks: (_, label, after) =>
    waitsForNothing(after) && after.guards.length > 0
      ? `a drain still waits after ${label.input._tag}, for guards of sessions that were open when its turn came`
      : undefined
})

/** Some drain goes on although nothing lives that it may wait for. */
export const waitsForNothing = ({ drains }: Roll): boolean => drains.some(({ may }) => may?.length === 0)
