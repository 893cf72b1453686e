/** Where each staging sstable is: on its way to be registered, on its shard's list, or on disk with nobody who knows. */
import type { Memory } from "../../law.ts"
import type { NodeId, Replica } from "../../metadata.ts"
import type { SstableId, TableId, TaskId, Token } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { Registered } from "../messages.ts"
import { tableOf } from "../metadata.ts"
import { afterBatches, type Batches, idle } from "./batches.ts"
import { isWithin, placeOf } from "./places.ts"

export interface StagingSstable extends Replica {
  readonly sstable: SstableId
  readonly base: TableId
  /** The last of its rows' tokens, which tells its tablet. */
  readonly token: Token
  readonly known: "disk" | "queued" | "listed"
}

export interface Staging extends Batches {
  readonly staging: ReadonlyArray<StagingSstable>
  /** Staging sstables that have yet to be written, by the arrival that brings them. */
  readonly coming: ReadonlyArray<Omit<StagingSstable, "sstable"> & { readonly arrival: string }>
  /** Which sstables were registered under which task, and have not come to a list since. */
  readonly promised: ReadonlyArray<Registered>
  /** Tasks that a batch has chosen sstables for, since the node was started. */
  readonly chosen: ReadonlyArray<{ readonly node: NodeId; readonly task: TaskId }>
  /** Tasks that were aborted when the worker they are for took the last guard, so that it could not take them for alive. */
  readonly ruledOut: ReadonlyArray<TaskId>
  /** What workers do not know whether they have committed: they begin anew, and what is promised by that binds nobody. */
  readonly doubtful: ReadonlyArray<Registered>
  /** Nodes that have stopped, and did not come back: they owe nothing for what is committed in their name. */
  readonly down: ReadonlyArray<NodeId>
}

export const sstableOf = ({ staging: all }: Staging, sstable: SstableId): StagingSstable | undefined =>
  all.find((known) => known.sstable === sstable)

export const staging: Memory<Staging, ViewBuildingLabel> = {
  name: "staging",
  init: { ...idle, staging: [], coming: [], promised: [], chosen: [], ruledOut: [], doubtful: [], down: [] },
  on: (before, label) => {
    const now: Staging = { ...before, ...afterBatches(before, label) }
    switch (label._tag) {
      case "ArrivalBegan": {
        if (label.to !== "staging") return now
        const { arrival, node, shard, base, rows } = label
        const token = rows.reduce<Token | null>(
          (last, row) => (last === null || row.token > last ? row.token : last),
          null
        )
        return token === null
          ? now
          : { ...now, coming: [...before.coming, { arrival, node, shard, base, token, known: "disk" }] }
      }
      case "ArrivalEnded": {
        const come = before.coming.find(
          ({ arrival, ...to }) => arrival === label.arrival && placeOf(to) === placeOf(label)
        )
        if (come === undefined || label.sstable === null) return now
        const { arrival: _, ...place } = come
        return {
          ...now,
          coming: before.coming.filter((other) => other !== come),
          staging: [...before.staging, { ...place, sstable: label.sstable }]
        }
      }
      case "StagingQueued":
        return changing(now, label.sstable, (known) => ({ ...known, known: "queued" }))
      case "StagingListed":
        return {
          ...changing(now, label.sstable, (known) => ({ ...known, known: "listed" })),
          promised: before.promised.filter(({ sstable }) => sstable !== label.sstable)
        }
      case "SstableProcessed":
        return { ...now, staging: before.staging.filter(({ sstable }) => sstable !== label.sstable) }
      case "SstableReplaced":
        return {
          ...changing(now, label.sstable, (known) => ({ ...known, sstable: label.by })),
          promised: before.promised.map((one) => (one.sstable === label.sstable ? { ...one, sstable: label.by } : one))
        }
      case "TabletCleaned":
        return keeping(
          now,
          ({ base, token, ...place }) =>
            base !== label.base || placeOf(place) !== placeOf(label) || !isWithin(token, label)
        )
      case "Truncated": {
        const isOther = ({ base }: { readonly base: TableId }): boolean => base !== label.base
        return { ...keeping(now, isOther), coming: before.coming.filter(isOther) }
      }
      case "Committed": {
        const { state } = label
        const isThere = ({ base }: { readonly base: TableId }): boolean => tableOf(state, base) !== undefined
        const kept = keeping(now, isThere)
        return {
          ...kept,
          coming: before.coming.filter(isThere),
          ruledOut: before.ruledOut.filter((id) => state.tasks.some((task) => task.id === id)),
          promised: [...kept.promised, ...promisedBy(before, label)],
          chosen: before.chosen.filter(({ task }) => state.tasks.some(({ id }) => id === task))
        }
      }
      case "GuardTaken": {
        const { by, at } = label
        // What is said of an older position is not remembered, and nothing is held against whoever goes by that.
        if (by._tag !== "Worker") return now
        const isOther = ({ sstable }: Registered): boolean => sstableOf(before, sstable)?.node !== by.node
        return {
          ...now,
          ruledOut: rulingOut(before, by.node, at === before.at),
          doubtful: before.doubtful.filter(isOther)
        }
      }
      case "CommitFailed": {
        const { change } = label
        if (change._tag !== "RegisterStaging") return now
        const isMeant = (one: Registered): boolean => change.sstables.some((other) => isSame(one, other))
        return {
          ...now,
          promised: before.promised.filter((one) => !isMeant(one)),
          doubtful: [...before.doubtful.filter((one) => !isMeant(one)), ...change.sstables]
        }
      }
      case "AttemptBegan":
        return { ...now, chosen: choosing(before, label.node, label.tasks) }
      case "Stopped":
      case "Restarted":
        return {
          ...now,
          down: [
            ...before.down.filter((node) => node !== label.node),
            ...(label._tag === "Stopped" ? [label.node] : [])
          ].sort(),
          doubtful: before.doubtful.filter(({ sstable }) => sstableOf(before, sstable)?.node !== label.node),
          staging: before.staging.map((known) => (known.node === label.node ? { ...known, known: "disk" } : known)),
          coming: before.coming.filter(({ node }) => node !== label.node),
          // Whatever was promised and not kept is found on disk, and registered anew.
          promised: before.promised.filter(({ sstable }) => sstableOf(before, sstable)?.node !== label.node),
          chosen: before.chosen.filter(({ node }) => node !== label.node)
        }
      default:
        return now
    }
  }
}

/** Staging sstables that are gone are owed nothing. */
const keeping = (now: Staging, isKept: (one: StagingSstable) => boolean): Staging => {
  const gone = now.staging.filter((one) => !isKept(one)).map(({ sstable }) => sstable)
  return {
    ...now,
    staging: now.staging.filter(isKept),
    promised: now.promised.filter(({ sstable }) => !gone.includes(sstable))
  }
}

const isSame = (one: Registered, other: Registered): boolean => one.sstable === other.sstable && one.task === other.task

const promisedBy = (
  { doubtful, down }: Staging,
  { by, change }: Extract<ViewBuildingLabel, { readonly _tag: "Committed" }>
): ReadonlyArray<Registered> =>
  change._tag !== "RegisterStaging" || (by._tag === "Worker" && down.includes(by.node))
    ? []
    : change.sstables.filter((one) => !doubtful.some((other) => isSame(one, other)))

const rulingOut = ({ state, known, ruledOut }: Staging, node: NodeId, isLast: boolean): Staging["ruledOut"] => {
  const isFor = (id: TaskId): boolean => known.some((task) => task.id === id && task.replica.node === node)
  const aborted = (isLast ? (state?.tasks ?? []) : []).filter(
    ({ type, state: is, replica }) => type === "process_staging" && is === "aborted" && replica.node === node
  )
  return [...ruledOut.filter((id) => !isFor(id)), ...aborted.map(({ id }) => id)].sort((one, other) => one - other)
}

/** A task is for one node, so its number is enough to keep the list in order. */
const choosing = ({ chosen }: Staging, node: NodeId, tasks: ReadonlyArray<TaskId>): Staging["chosen"] =>
  [...chosen.filter(({ task }) => !tasks.includes(task)), ...tasks.map((task) => ({ node, task }))].sort(
    (one, other) => one.task - other.task
  )

const changing = (now: Staging, sstable: SstableId, change: (known: StagingSstable) => StagingSstable): Staging => ({
  ...now,
  staging: now.staging.map((known) => (known.sstable === sstable ? change(known) : known))
})
