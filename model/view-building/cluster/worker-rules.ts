/** Shards at work: calls come in, batches begin and end, and lose tasks that are gone. Source: dossier view-building 2.3. */
import type { Replica, Term } from "../../../spec/metadata.ts"
import type { BatchId, TaskId, ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { CallAnswer, Row } from "../../../spec/view-building/messages.ts"
import { isBuilt } from "../../../spec/view-building/metadata.ts"
import { type View, view, type Write, write } from "../../kernel/cell.ts"
import { push, remove } from "../../kernel/channel.ts"
import type { Rule } from "../../kernel/system.ts"
import type { Coordinator } from "../coordinator/state.ts"
import { trusting } from "./bounds.ts"
import type { BuildingCells, NodeCells, ShardCells } from "./cells.ts"
import { unstaged } from "./data.ts"
import { type Batch, type Call, doneOf, found, goingBy, lostOf, taken, type Worker } from "./plain-worker.ts"
import { type Firings, on, type Setting } from "./setting.ts"

export const workerRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  ...setting.cells.nodes.flatMap((node) => [
    ...node.shards.flatMap((shard) => [
      takes(setting, node, shard),
      finishes(setting, shard),
      observes(setting, shard),
      ...(setting.bounds.failures > 0 ? [fails(setting, shard)] : [])
    ]),
    ...(setting.bounds.notes ? [mirrors(setting, node)] : [])
  ])
]

/** A shard runs one batch at a time, so that all of them may have the same number. */
const batchNumber = 1 as BatchId

/** Whether somebody still listens to the coordinator of each term. */
const listening = ({ coordinators }: BuildingCells): ReadonlyArray<View<Coordinator | null, boolean>> =>
  coordinators.map(({ state }) => view(state, "is there", (now) => now !== null))

/** Answers go to whoever is there to hear them. */
const answering = (
  { cells }: Setting,
  { replica }: ShardCells,
  calls: ReadonlyArray<Call>,
  answer: (call: Call) => CallAnswer,
  listens: ReadonlyArray<boolean>
): { readonly labels: ReadonlyArray<ViewBuildingLabel>; readonly writes: ReadonlyArray<Write> } => ({
  labels: calls.map((call) => ({ _tag: "CallAnswered", ...replica, call: call.call, answer: answer(call) })),
  writes: calls.flatMap((call) =>
    listens[call.term - 1] === true
      ? [push(cells.coordinators[call.term - 1]!.answers, { replica, call: call.call, answer: answer(call) })]
      : []
  )
})

/** W1 to W4: a call is taken, answered at once, or waits for a batch. */
const takes = (setting: Setting, node: NodeCells, shard: ShardCells): Rule<ViewBuildingLabel> => {
  const { bounds, cells } = setting
  const { replica } = shard
  return on(
    `${shard.place} takes a call`,
    {
      actor: node.name,
      fair: trusting(bounds, "F9"),
      reads: [shard.worker, shard.calls, shard.data, node.up, cells.head, cells.term, ...listening(cells)]
    },
    (was, calls, data, up, { at, metadata: { state } }, term, ...listens): Firings => {
      if (!up) return []
      return calls.flatMap((call, position): Firings => {
        const begun: ReadonlyArray<ViewBuildingLabel> = [
          { _tag: "CallArrived", ...replica, call: call.call, term: call.term, tasks: call.tasks }
        ]
        const gone = remove(shard.calls, position)
        const reply = (worker: Worker, answer: CallAnswer, more: ReadonlyArray<ViewBuildingLabel>): Firings => {
          const said = answering(setting, shard, [call], () => answer, listens)
          return [
            {
              labels: [...begun, ...more, ...said.labels],
              writes: [gone, ...(worker === was ? [] : [write(shard.worker, worker)]), ...said.writes]
            }
          ]
        }
        const done = doneOf(was, call)
        if (done.length > 0) return reply(was, { _tag: "Done", tasks: done }, [])
        const caughtUp: ViewBuildingLabel = {
          _tag: "BarrierEnded",
          ...replica,
          call: call.call,
          at,
          term: term as Term
        }
        const worker = call.term === term ? goingBy(was, state) : was
        const dropped = was.batch !== null && worker.batch === null ? aborted(setting, shard, was.batch, listens) : none
        const outcome = taken(worker, call, state, term as Term, replica)
        switch (outcome._tag) {
          case "Answered":
            return reply(worker, { _tag: "Done", tasks: outcome.tasks }, [caughtUp])
          case "Refused":
            return reply(worker, { _tag: "Refused", reason: outcome.reason }, [caughtUp, ...dropped.labels])
          case "Attached": {
            const batch = { ...worker.batch!, waiting: [...worker.batch!.waiting, call] }
            return [
              {
                labels: [...begun, caughtUp, attached(shard, call)],
                writes: [gone, write(shard.worker, { ...worker, batch })]
              }
            ]
          }
          case "Started": {
            const { after, lastToken, ...reads } = found(outcome.tasks, state, data)
            const [{ type, base }] = outcome.tasks as [Batch["tasks"][number]]
            const tasks = outcome.tasks.map(({ id }) => id)
            const batch: Batch = { tasks: outcome.tasks, waiting: [call], ...reads }
            return [
              {
                labels: [
                  ...begun,
                  caughtUp,
                  ...dropped.labels,
                  { _tag: "BatchBegan", ...replica, batch: batchNumber, call: call.call, type, base, lastToken, tasks },
                  attached(shard, call),
                  attempt(replica, batch, after)
                ],
                writes: [gone, ...dropped.writes, write(shard.worker, { ...worker, batch })]
              }
            ]
          }
        }
      })
    }
  )
}

const none = { labels: [], writes: [] } as const

const attached = ({ replica }: ShardCells, { call }: Call): ViewBuildingLabel => ({
  _tag: "CallAttached",
  ...replica,
  call,
  batch: batchNumber
})

const attempt = (replica: Replica, { tasks, sstables, rows }: Batch, after: number | null): ViewBuildingLabel => {
  const [{ lastToken }] = tasks as [Batch["tasks"][number]]
  const [ids, on] = [tasks.map(({ id }) => id), replica.shard]
  return {
    _tag: "AttemptBegan",
    ...replica,
    batch: batchNumber,
    on,
    tasks: ids,
    after,
    lastToken,
    sstables,
    rows
  } as ViewBuildingLabel
}

/** W5 to W8: the views have what the batch has read, and everybody who waits is told. */
const finishes = (setting: Setting, shard: ShardCells): Rule<ViewBuildingLabel> => {
  const { bounds, cells } = setting
  const { replica } = shard
  return on(
    `${shard.place} finishes a batch`,
    {
      actor: replica.node,
      fair: trusting(bounds, "F3"),
      reads: [shard.worker, shard.data, cells.tables, ...listening(cells)]
    },
    (worker, data, tables, ...listens): Firings => {
      const { batch } = worker
      if (batch === null) return []
      const tasks = batch.tasks.map(({ id }) => id)
      const views = batch.tasks.flatMap(({ base, view }) =>
        view === null ? (tables.find((table) => table.base === base)?.views ?? []) : [view]
      )
      const completed = [...worker.completed, ...tasks].sort((one, other) => one - other)
      const told = answering(
        setting,
        shard,
        batch.waiting,
        (call) => ({ _tag: "Done", tasks: call.tasks.filter((id) => completed.includes(id)) }),
        listens
      )
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
const fails = (setting: Setting, shard: ShardCells): Rule<ViewBuildingLabel> => {
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
const observes = (setting: Setting, shard: ShardCells): Rule<ViewBuildingLabel> => {
  const { bounds, cells } = setting
  return on(
    `${shard.place} observes`,
    { actor: shard.replica.node, fair: trusting(bounds, "F7"), reads: [shard.worker, cells.head, ...listening(cells)] },
    (worker, { metadata: { state } }, ...listens): Firings => {
      const { batch } = worker
      if (batch === null) return []
      const lost = lostOf(batch, state)
      if (lost.length === 0) return []
      const tasks = batch.tasks.filter(({ id }) => !lost.includes(id))
      const dropped = droppedFrom(shard, lost)
      if (tasks.length > 0)
        return [{ labels: [dropped], writes: [write(shard.worker, { ...worker, batch: { ...batch, tasks } })] }]
      const over = aborted(setting, shard, batch, listens)
      return [
        { labels: [dropped, ...over.labels], writes: [write(shard.worker, { ...worker, batch: null }), ...over.writes] }
      ]
    }
  )
}

const droppedFrom = ({ replica }: ShardCells, tasks: ReadonlyArray<TaskId>): ViewBuildingLabel => ({
  _tag: "TasksDropped",
  ...replica,
  batch: batchNumber,
  tasks
})

const aborted = (setting: Setting, shard: ShardCells, batch: Batch, listens: ReadonlyArray<boolean>) => {
  const told = answering(setting, shard, batch.waiting, () => ({ _tag: "Done", tasks: [] }), listens)
  const over: ViewBuildingLabel = { _tag: "BatchEnded", ...shard.replica, batch: batchNumber, how: "aborted" }
  return { labels: [over, ...told.labels], writes: told.writes }
}

/** O2: a node's own table of built views follows the statuses. */
const mirrors = ({ bounds, cells }: Setting, node: NodeCells): Rule<ViewBuildingLabel> =>
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
