/** Calls on their way: how the coordinator of each term sees them, and what each coordinator may go by. */
import type { Memory } from "../../law.ts"
import type { NodeId, Replica, Term } from "../../metadata.ts"
import type { CallId, TaskId } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import { callBackoffMs } from "../messages.ts"
import type { BuildingState } from "../metadata.ts"
import { afterGroupZero, type GroupZero, untold } from "./group-zero.ts"
import { afterPast, type Past, saidAt, unread } from "./past.ts"

export interface Call extends Replica {
  readonly term: Term
  readonly call: CallId
  readonly tasks: ReadonlyArray<TaskId>
}

/** A call that has failed, and how long ago. It is forgotten once that is long enough. */
export interface Failed extends Replica {
  readonly term: Term
  readonly ms: number
}

/** A coordinator that is at work, or may believe so. */
export interface Leader {
  readonly term: Term
  readonly node: NodeId
  /**
   * What group 0 said where it took the guard that it has; null while it has none. Others may commit between the look and the
   * guard, so this need not be the last that is said. Unseen where nobody can tell any more what was said there.
   */
  readonly guarded: BuildingState | "unseen" | null
}

export interface Calls extends GroupZero, Past {
  readonly out: ReadonlyArray<Call>
  readonly failed: ReadonlyArray<Failed>
  readonly leaders: ReadonlyArray<Leader>
  /** Who believes whom to be down. */
  readonly down: ReadonlyArray<{ readonly by: NodeId; readonly node: NodeId }>
}

export const quiet: Calls = { ...untold, ...unread, out: [], failed: [], leaders: [], down: [] }

export const afterCalls = (before: Calls, label: ViewBuildingLabel): Calls => {
  const now: Calls = { ...before, ...afterGroupZero(before, label), ...afterPast(before, label) }
  switch (label._tag) {
    case "Elected":
      return { ...now, leaders: [...before.leaders, { term: label.term, node: label.node, guarded: null }] }
    case "CoordinatorStopped":
      return without(now, label.term)
    case "GuardTaken": {
      const { by } = label
      if (by._tag !== "Coordinator") return now
      return guarding(now, by.term, saidAt(before, label.at) ?? "unseen")
    }
    case "Committed":
    case "CommitRefused":
    case "CommitFailed":
      return label.by._tag === "Coordinator" ? guarding(now, label.by.term, null) : now
    case "Stopped":
      return stopped(now, label.node)
    case "HostMarked": {
      const { by, node, alive } = label
      const others = before.down.filter((known) => known.by !== by || known.node !== node)
      return { ...now, down: alive ? others : [...others, { by, node }] }
    }
    case "CallSent": {
      const { term, call, node, shard, tasks } = label
      return { ...now, out: [...before.out, { term, call, node, shard, tasks }] }
    }
    case "CallEnded": {
      const call = before.out.find((known) => known.call === label.call && known.term === label.term)
      const ended = { ...now, out: before.out.filter((known) => known !== call) }
      if (call === undefined || label.answer._tag === "Done") return ended
      return { ...ended, failed: [...before.failed, { node: call.node, shard: call.shard, term: call.term, ms: 0 }] }
    }
    case "Elapsed":
      return {
        ...now,
        failed: before.failed
          .map((failed) => ({ ...failed, ms: failed.ms + label.ms }))
          .filter(({ ms }) => ms < callBackoffMs)
      }
    default:
      return now
  }
}

/** A guard is good for one commit, whatever becomes of that. */
const guarding = (now: Calls, term: Term, guarded: Leader["guarded"]): Calls => ({
  ...now,
  leaders: now.leaders.map((leader) => (leader.term === term ? { ...leader, guarded } : leader))
})

/** Its coordinators are gone, and what it believed of others: whoever comes back takes everybody for up until it hears otherwise. */
const stopped = (now: Calls, node: NodeId): Calls =>
  now.leaders
    .filter((leader) => leader.node === node)
    .reduce<Calls>((left, { term }) => without(left, term), { ...now, down: now.down.filter(({ by }) => by !== node) })

const without = (now: Calls, term: Term): Calls => ({
  ...now,
  out: now.out.filter((call) => call.term !== term),
  failed: now.failed.filter((call) => call.term !== term),
  leaders: now.leaders.filter((leader) => leader.term !== term)
})

export const calls: Memory<Calls, ViewBuildingLabel> = { name: "calls", init: quiet, on: afterCalls }
