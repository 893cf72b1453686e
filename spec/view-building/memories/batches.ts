/** Which batch each shard works on, what is left in it, and which tasks a batch has really done. */
import type { Memory } from "../../law.ts"
import type { NodeId, Replica } from "../../metadata.ts"
import type { BatchId, SstableId, TableId, TaskId, Token } from "../ids.ts"
import type { ViewBuildingLabel } from "../labels.ts"
import type { TaskType } from "../metadata.ts"
import { afterGroupZero, type GroupZero, untold } from "./group-zero.ts"
import { placeOf, type Range } from "./places.ts"

export interface Batch extends Replica {
  readonly batch: BatchId
  readonly type: TaskType
  readonly base: TableId
  readonly lastToken: Token
  /** What is left of its tasks. */
  readonly tasks: ReadonlyArray<TaskId>
  /** What it reads at present, null between two attempts. */
  readonly attempt: (Range & { readonly sstables: ReadonlyArray<SstableId> }) | null
}

/** A task that an attempt on its shard has done, while it was still in the batch. */
export interface Done extends Replica {
  readonly task: TaskId
}

export interface Batches extends GroupZero {
  /** Those that run, by place. */
  readonly running: ReadonlyArray<Batch>
  readonly done: ReadonlyArray<Done>
  /** Nodes whose workers have stopped. */
  readonly drained: ReadonlyArray<NodeId>
}

export const idle: Batches = { ...untold, running: [], done: [], drained: [] }

export const batchOn = ({ running }: Batches, replica: Replica): Batch | undefined =>
  running.find((batch) => placeOf(batch) === placeOf(replica))

export const wasDone = ({ done }: Batches, replica: Replica, id: TaskId): boolean =>
  done.some(({ task, ...place }) => task === id && placeOf(place) === placeOf(replica))

/** The batch that a label is about, where it runs. */
export const batchOf = (
  before: Batches,
  { batch, ...replica }: Replica & { readonly batch: BatchId }
): Batch | undefined => before.running.find((other) => other.batch === batch && placeOf(other) === placeOf(replica))

export const afterBatches = (before: Batches, label: ViewBuildingLabel): Batches => {
  const now: Batches = { ...before, ...afterGroupZero(before, label) }
  switch (label._tag) {
    case "BatchBegan": {
      const { node, shard, batch, type, base, lastToken, tasks } = label
      const others = before.running.filter((other) => placeOf(other) !== placeOf(label))
      return withRunning(now, [...others, { node, shard, batch, type, base, lastToken, tasks, attempt: null }])
    }
    case "TasksDropped":
      return changing(now, label, (batch) => ({
        ...batch,
        tasks: batch.tasks.filter((task) => !label.tasks.includes(task))
      }))
    case "AttemptBegan": {
      const { after, lastToken, sstables } = label
      return changing(now, label, (batch) => ({ ...batch, attempt: { after, lastToken, sstables } }))
    }
    case "AttemptEnded": {
      const batch = batchOf(before, label)
      const done = label.ok ? (batch?.tasks ?? []).map((task) => ({ node: label.node, shard: label.shard, task })) : []
      const fresh = done.filter(({ task }) => !wasDone(before, label, task))
      const ended = changing(now, label, (other) => ({ ...other, attempt: null }))
      return fresh.length === 0 ? ended : { ...ended, done: byPlace([...before.done, ...fresh]) }
    }
    case "BatchEnded":
      return withRunning(
        now,
        before.running.filter((batch) => batch !== batchOf(before, label))
      )
    case "Stopped":
    case "Restarted":
      return {
        ...now,
        running: before.running.filter(({ node }) => node !== label.node),
        drained: before.drained.filter((node) => node !== label.node)
      }
    case "Drained":
      return { ...now, drained: [...new Set([...before.drained, label.node])].sort() }
    default:
      return now
  }
}

const withRunning = (before: Batches, running: ReadonlyArray<Batch>): Batches => ({
  ...before,
  running: [...running].sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
})

const changing = (
  before: Batches,
  label: Replica & { readonly batch: BatchId },
  change: (batch: Batch) => Batch
): Batches => {
  const known = batchOf(before, label)
  return known === undefined
    ? before
    : { ...before, running: before.running.map((batch) => (batch === known ? change(batch) : batch)) }
}

const byPlace = (done: ReadonlyArray<Done>): ReadonlyArray<Done> =>
  [...done].sort((one, other) =>
    placeOf(one) === placeOf(other) ? one.task - other.task : placeOf(one) < placeOf(other) ? -1 : 1
  )

export const batches: Memory<Batches, ViewBuildingLabel> = { name: "batches", init: idle, on: afterBatches }
