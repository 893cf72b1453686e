/** What group 0 and coordinators must come to do, so that no law about them holds for want of anything to judge. */
import type { SometimesLaw } from "../../law.ts"
import { sameReplica } from "../../metadata.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { calls } from "../memories/calls.ts"
import { groupZero } from "../memories/group-zero.ts"
import { nodes } from "../memories/nodes.ts"
import { callBackoffMs } from "../messages.ts"
import { isBuilt, statusesOf, tableOf, tabletNamed, taskNamed } from "../metadata.ts"
import { witness } from "./witness.ts"

export const W1 = witness(
  1,
  "A coordinator commits after one of an earlier term has.",
  "S3",
  groupZero,
  ({ term }, label) =>
    label._tag === "Committed" && label.by._tag === "Coordinator" && term !== null && label.by.term > term
)

export const W2 = witness(
  2,
  "A call has failed long enough ago for its coordinator to try again.",
  "S2, S22, L6",
  calls,
  (before, label) => label._tag === "Elapsed" && before.failed.some(({ ms }) => ms + label.ms >= callBackoffMs)
)

export const W3 = witness(
  3,
  "Tasks are collected.",
  "S4, S23, S24, L1",
  groupZero,
  (_, label) => label._tag === "Committed" && label.change._tag === "CollectTasks"
)

export const W4 = witness(
  4,
  "A task is aborted for a transition.",
  "S5, S6, L3",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    label.state.tasks.some(
      ({ id, state }) => state === "aborted" && before.state?.tasks.find((was) => was.id === id)?.state === "alive"
    )
)

export const W5 = witness(
  5,
  "A task comes to another replica of its tablet, under another id.",
  "S7",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    label.change._tag === "MoveTablet" &&
    label.state.tasks.some(({ id }) => before.state !== null && taskNamed(before.state, id) === undefined)
)

export const W6 = witness(
  6,
  "A view that had tasks is built.",
  "S8, S9, L2",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    before.known.some(
      ({ view }) => view !== null && isBuilt(label.state, view) && before.state !== null && !isBuilt(before.state, view)
    )
)

export const W7 = witness(
  7,
  "A node becomes normal while a view is being built.",
  "S10",
  groupZero,
  (_, label) =>
    label._tag === "Committed" &&
    label.change._tag === "JoinNode" &&
    label.state.statuses.some(({ status }) => status === "STARTED")
)

export const W8 = witness(
  8,
  "A base goes out of hand.",
  "S11, L5",
  groupZero,
  (before, label) => label._tag === "Committed" && before.state?.processing != null && label.state.processing === null
)

export const W9 = witness(
  9,
  "A coordinator asks for a task while another tablet of the same base is in transition.",
  "S12",
  calls,
  (before, label) => {
    if (label._tag !== "CallSent" || before.state === null || before.state.processing === null) return false
    return (
      tableOf(before.state, before.state.processing)?.tablets.some(({ transition }) => transition !== null) === true
    )
  }
)

export const W10 = witness(
  10,
  "The least id that is looked at rises while a task is left.",
  "S18",
  groupZero,
  (before, label) =>
    label._tag === "Committed" &&
    label.state.minTask !== (before.state?.minTask ?? null) &&
    label.state.tasks.length > 0
)

export const W11 = witness(11, "A view is dropped while it has tasks.", "S21", groupZero, (before, label) => {
  if (label._tag !== "Committed" || label.change._tag !== "DropView") return false
  const { view } = label.change
  return before.state?.tasks.some((task) => task.view === view) === true
})

export const W12 = witness(
  12,
  "A node applies a command while not every node knows everything.",
  "S25",
  groupZero,
  (before, label) =>
    label._tag === "Applied" && before.state?.features !== undefined && before.state.features.length < 2
)

export const W13 = witness(
  13,
  "A node falls behind group 0, and catches up.",
  "L7",
  nodes,
  (before, label) =>
    label._tag === "Applied" && before.applied.some(({ node, at }) => node === label.node && at < label.at - 1)
)

export const W14 = witness(
  14,
  "A coordinator finds a task alive on a replica that another coordinator has asked before.",
  "S3w",
  calls,
  (before, label) =>
    label._tag === "CallSent" && before.out.some((call) => call.term < label.term && sameReplica(call, label))
)

export const W15 = witness(
  15,
  "A node takes a view for built.",
  "S10n",
  nodes,
  (before, label) =>
    label._tag === "BuiltViewsWritten" &&
    label.views.some((view) => before.state !== null && statusesOf(before.state, view).length > 0)
)

export const W16 = witness(
  16,
  "A tablet that has a task is in a transition that nothing was aborted for.",
  "S6",
  groupZero,
  (_, label) =>
    label._tag === "Committed" &&
    label.state.tasks.some(
      ({ base, lastToken, state }) =>
        state === "alive" && tabletNamed(tableOf(label.state, base), lastToken)?.transition != null
    )
)

export const coordinatorWitnesses: ReadonlyArray<SometimesLaw<ViewBuildingLabel>> = [
  W1,
  W2,
  W3,
  W4,
  W5,
  W6,
  W7,
  W8,
  W9,
  W10,
  W11,
  W12,
  W13,
  W14,
  W15,
  W16
]
