/** Shards at work: batches begin with calls, end, fail, and lose tasks that are gone. Source: dossier view-building 2.3. */
import type { Replica } from "../../../../spec/metadata.ts"
import type { TaskId, ViewId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { Row } from "../../../../spec/view-building/messages.ts"
import { isBuilt } from "../../../../spec/view-building/metadata.ts"
import { write } from "../../../kernel/cell.ts"
import type { Rule } from "../../../kernel/system.ts"
import { trusting } from "../bounds.ts"
import { unstaged } from "../data.ts"
import { type Firings, on, type Setting } from "../setting.ts"
import { aborted, answering, attempt, batchNumber } from "./answers.ts"
import { takes } from "./call-rules.ts"
import type { PlainNode, PlainShard } from "./cells.ts"
import { type Batch, found, lostOf, type Worker } from "./worker.ts"

export const workerRules = (
  setting: Setting,
  nodes: ReadonlyArray<PlainNode>
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...nodes.flatMap((node) => [
    ...node.shards.flatMap((shard) => [
      takes(setting, node, shard),
      finishes(setting, shard),
      observes(setting, shard),
      ...(setting.bounds.failures > 0 ? [fails(setting, shard)] : [])
    ]),
    ...(setting.bounds.notes ? [mirrors(setting, node)] : [])
  ])
]

/** W5 to W8: the views have what the batch has read, and everybody who waits is told. */
const finishes = (setting: Setting, shard: PlainShard): Rule<ViewBuildingLabel> => {
  const { bounds, cells } = setting
  const { replica } = shard
  return on(
    `${shard.place} finishes a batch`,
    {
      actor: replica.node,
      fair: trusting(bounds, "F3"),
      reads: [shard.worker, shard.data, cells.tables]
    },
    (worker, data, tables): Firings => {
      const { batch } = worker
      if (batch === null) return []
      const tasks = batch.tasks.map(({ id }) => id)
      const views = batch.tasks.flatMap(({ base, view }) =>
        view === null ? (tables.find((table) => table.base === base)?.views ?? []) : [view]
      )
      const completed = [...worker.completed, ...tasks].sort((one, other) => one - other)
      const told = answering(setting, shard, batch.waiting, (call) => ({
        _tag: "Done",
        tasks: call.tasks.filter((id) => completed.includes(id))
      }))
      return [
        {
          labels: [
            ...written(replica, batch, views),
            ...batch.sstables.map((sstable): ViewBuildingLabel => ({ _tag: "SstableProcessed", ...replica, sstable })),
            { _tag: "AttemptEnded", ...replica, batch: batchNumber, ok: true },
            { _tag: "BatchEnded", ...replica, batch: batchNumber, how: "done" },
            ...told.labels
          ],
          writes: [
            write(shard.worker, { ...worker, completed, batch: null }),
            ...(batch.sstables.length === 0 ? [] : [write(shard.data, unstaged(data, batch.sstables))]),
            ...told.writes
          ]
        }
      ]
    }
  )
}

const written = (replica: Replica, { rows }: Batch, views: ReadonlyArray<ViewId>): ReadonlyArray<ViewBuildingLabel> => {
  const inView = rows.map(({ token: _, ...row }): Row => row)
  return inView.length === 0
    ? []
    : views.map((view) => ({ _tag: "ViewWritten", ...replica, batch: batchNumber, view, rows: inView }))
}

/** A replica of a view cannot be reached: the batch tries again, and reads what is there by then. */
const fails = (setting: Setting, shard: PlainShard): Rule<ViewBuildingLabel> => {
  const { cells } = setting
  const { replica } = shard
  return on(
    `${shard.place} fails an attempt`,
    { actor: "fault", fair: "none", reads: [shard.worker, shard.data, cells.head, cells.mayFail] },
    (worker, data, { metadata: { state } }, left): Firings => {
      if (worker.batch === null || left === 0 || lostOf(worker.batch, state).length > 0) return []
      const { after, lastToken: _, ...reads } = found(worker.batch.tasks, state, data)
      const batch: Batch = { ...worker.batch, ...reads }
      return [
        {
          labels: [{ _tag: "AttemptEnded", ...replica, batch: batchNumber, ok: false }, attempt(replica, batch, after)],
          writes: [write(shard.worker, { ...worker, batch }), write(cells.mayFail, "spend")]
        }
      ]
    }
  )
}

/** O1: tasks that are gone or aborted leave their batch; one that has none left is over, with nothing done. */
const observes = (setting: Setting, shard: PlainShard): Rule<ViewBuildingLabel> => {
  const { bounds, cells } = setting
  return on(
    `${shard.place} observes`,
    { actor: shard.replica.node, fair: trusting(bounds, "F7"), reads: [shard.worker, cells.head] },
    (worker, { metadata: { state } }): Firings => {
      const { batch } = worker
      if (batch === null) return []
      const lost = lostOf(batch, state)
      if (lost.length === 0) return []
      const tasks = batch.tasks.filter(({ id }) => !lost.includes(id))
      const dropped = droppedFrom(shard, lost)
      if (tasks.length > 0)
        return [{ labels: [dropped], writes: [write(shard.worker, { ...worker, batch: { ...batch, tasks } })] }]
      const over = aborted(setting, shard, batch)
      return [
        { labels: [dropped, ...over.labels], writes: [write(shard.worker, { ...worker, batch: null }), ...over.writes] }
      ]
    }
  )
}

const droppedFrom = ({ replica }: PlainShard, tasks: ReadonlyArray<TaskId>): ViewBuildingLabel => ({
  _tag: "TasksDropped",
  ...replica,
  batch: batchNumber,
  tasks
})

/** O2: a node's own table of built views follows the statuses. */
const mirrors = ({ bounds, cells }: Setting, node: PlainNode): Rule<ViewBuildingLabel> =>
  on(
    `${node.name} notes what is built`,
    { actor: node.name, fair: trusting(bounds, "F7"), reads: [node.built, node.up, cells.head] },
    (built, up, { metadata: { state } }): Firings => {
      const views = state.tables.flatMap((table) => table.views.filter((one) => isBuilt(state, one))).sort()
      return !up || views.join() === built.join()
        ? []
        : [{ labels: [{ _tag: "BuiltViewsWritten", node: node.name, views }], writes: [write(node.built, views)] }]
    }
  )

/** Whether a task was begun or done on a shard, so that nothing more may be put to it. */
export const isStarted = ({ batch, completed }: Worker, id: TaskId): boolean =>
  completed.includes(id) || batch?.tasks.some((task) => task.id === id) === true
