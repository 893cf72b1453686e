/** What one pass of the coordinator does for one tablet. Source: dossier `sessions.md` 3.1, 3.3 and 3.4. */
import type { Metadata, Tablet, Transition } from "../../../spec/sessions/metadata.ts"
import type { ActionKind, ActionState } from "./action-table.ts"
import { stageTable, type Way } from "./stage-table.ts"
import { isLost, type Round, roundsOf } from "./tasks.ts"

export type Decision =
  | { readonly _tag: "Leave"; readonly way: Way }
  /** Have the next barrier count for this stage. */
  | { readonly _tag: "AskForBarrier" }
  | { readonly _tag: "Start"; readonly rounds: ReadonlyArray<Round> }
  | { readonly _tag: "Wait" }

const wait: Decision = { _tag: "Wait" }
const leave = (way: Way): Decision => ({ _tag: "Leave", way })
const behindBarrier = (state: ActionState | undefined): Decision =>
  state === "running" ? wait : { _tag: "AskForBarrier" }

/**
 * Decides by what group 0 says and by how this stage's actions went.
 *
 * A failure leads back only if a replica that is needed was declared dead as well: a barrier also fails for reasons that have
 * nothing to do with the tablet, such as a commit of somebody else's (M68). Then it leads back at once, for a barrier in between
 * could succeed without the dead node and take the evidence away (M67). It leads back as well where a disk is full, for the next
 * try would find no more room (M78, F7).
 */
export const decide = (
  tablet: Tablet,
  transition: Transition,
  metadata: Metadata,
  state: (kind: ActionKind) => ActionState | undefined
): Decision => {
  const row = stageTable[transition.stage]
  const barrier = state("barrier")
  const isRolledBack = (failed: ActionState | undefined): boolean =>
    failed === "failed" && isLost(row, tablet, metadata)
  if (row.barrier && barrier !== "succeeded") return isRolledBack(barrier) ? leave(row.back) : behindBarrier(barrier)
  const rounds = roundsOf(row, tablet, metadata.ignored)
  const task = state("task")
  if (rounds.length === 0 || task === "succeeded")
    return leave(typeof row.leads === "function" ? row.leads(tablet) : row.leads)
  if (task === "running") return wait
  if (task === "noRoom" || isRolledBack(task)) return leave(row.back)
  if (task === "failed" && row.givesUp) return barrier === "succeeded" ? leave(row.back) : behindBarrier(barrier)
  return { _tag: "Start", rounds }
}
