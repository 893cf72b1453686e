/** One try of a batch: choose what to read, make view updates of it, and wait until every view replica has them (W5). */
import type { BatchId, SstableId, TaskId, ViewId } from "../../../spec/view-building/ids.ts"
import type { BaseRow, Row } from "../../../spec/view-building/messages.ts"
import { type TabletRange, type Task, tableOf, tabletNamed } from "../../../spec/view-building/metadata.ts"
import { Injected, type Injections } from "../../runtime/injections.ts"
import { ConnectionBroken } from "../../runtime/network/network.ts"
import { Aborted } from "../../runtime/waits.ts"
import { GeneratorStopped } from "./generator-stopped.ts"
import { MissingSstable, type ShardSurroundings } from "./surroundings.ts"

/** Tries what is left of a batch. Says whether it is done; what fails is told to nobody else, and tried again. */
export type Attempt = (batch: BatchId, tasks: ReadonlyMap<TaskId, Task>, signal: AbortSignal) => Promise<boolean>

/** Sends rows of a batch to one view. Rejects where a replica does not take them. */
export type Send = (parts: ShardSurroundings, batch: BatchId, view: ViewId, rows: ReadonlyArray<Row>) => Promise<void>

/** Waits for every replica: what is only on its way there, or kept as a hint, is not in the view (M32). */
export const send: Send = async ({ views, node, shard, tell }, batch, view, rows) => {
  await views.write(view, rows)
  tell({ _tag: "ViewWritten", node, shard, batch, view, rows })
}

/** What an attempt is about, as group 0 says when it begins: tablets split and views go while a batch rests. */
interface Target {
  readonly batch: BatchId
  readonly tasks: ReadonlyArray<TaskId>
  readonly first: Task
  readonly tablet: TabletRange
  readonly views: ReadonlyArray<ViewId>
}

/** Source: db/view/view_building_worker.cc do_build_range, do_process_staging. */
export const attempts =
  (parts: ShardSurroundings, sending: Send = send): Attempt =>
  async (batch, tasks, signal) => {
    const target = targetOf(parts, batch, tasks)
    if (target === undefined) return false
    const attempt = target.first.type === "build_range" ? buildRange : processStaging
    try {
      return await attempt(parts, target, signal, sending)
    } catch (error) {
      if (isFailure(error)) return false
      throw error
    }
  }

const targetOf = (
  { applied }: ShardSurroundings,
  batch: BatchId,
  tasks: ReadonlyMap<TaskId, Task>
): Target | undefined => {
  const [first] = tasks.values()
  if (first === undefined) return undefined
  const table = tableOf(applied.state, first.base)
  const tablet = tabletNamed(table, first.lastToken)
  // The observer drops the tasks of a tablet that is not there any more; until then there is nothing to be read.
  if (table === undefined || tablet === undefined) return undefined
  const asked = [...tasks.values()].map(({ view }) => view)
  const views = first.type === "build_range" ? table.views.filter((view) => asked.includes(view)) : table.views
  return { batch, tasks: [...tasks.keys()], first, tablet, views }
}

/** What may go wrong in an attempt without being a defect. */
const isFailure = (error: unknown): boolean =>
  error instanceof ConnectionBroken ||
  error instanceof Injected ||
  error instanceof Aborted ||
  error instanceof MissingSstable ||
  error instanceof GeneratorStopped

type Kind = (parts: ShardSurroundings, target: Target, signal: AbortSignal, sending: Send) => Promise<boolean>

const buildRange: Kind = async (parts, target, signal, sending) => {
  const { storage, injections, options } = parts
  const { first, tablet } = target
  // M34: shipped, nobody keeps a truncation from what was read and is not in the views yet.
  const leave = options.truncation === "waits" ? await storage.reading(first.base) : () => {}
  try {
    const rows = storage.read(first.base, tablet)
    return await telling(parts, target, [], rows, async () => {
      const as = { token: tablet.lastToken }
      await injections.wait("view_building_worker_pause_build_range_task", { signal, as })
      injections.fail("do_build_range_fail")
      // What a build deletes is in no view that it builds, for nothing has come to it but by builds and by writes that knew it.
      const alive = rows.filter(({ value }) => value !== null)
      // What was sent is waited for also after an abort, so that nothing of a batch comes to a view behind its end.
      await writeAll(parts, target, alive, signal, sending)
    })
  } finally {
    leave()
  }
}

const processStaging: Kind = async (parts, target, signal, sending) => {
  const { storage, staging, injections, node, shard, tell, options } = parts
  const { first, tablet } = target
  await staging.start(target.tasks)
  // Before the list, for whoever truncates wants the list when nobody reads any more.
  const leave = options.truncation === "waits" ? await storage.reading(first.base) : () => {}
  try {
    return await staging.exclusively((list) => {
      const chosen = list.of(first.base, tablet)
      const rows = storage.staged(first.base, chosen)
      return telling(parts, target, chosen, rows, async () => {
        if (chosen.length === 0) return
        await injections.wait("view_update_generator_pause_before_processing")
        injections.fail("view_update_generator_consume_staging_sstable")
        stopPoint(injections)
        await writeAll(parts, target, rows, signal, sending)
        for (const sstable of chosen) {
          // It must be there to be told of, and told of before it is on disk: a node that falls in between must not have done
          // what nobody knows. The other way round it is found again, and processed once more.
          storage.staged(first.base, [sstable])
          tell({ _tag: "SstableProcessed", node, shard, sstable })
          await storage.settle(sstable)
          // Only now: an attempt that fails must find it again (M17).
          list.remove(sstable)
        }
      })
    })
  } finally {
    leave()
  }
}

/** A place where a test may have the view update generator shut down. */
const stopPoint = (injections: Injections): void => {
  try {
    injections.fail("view_update_generator_stop")
  } catch (error) {
    throw error instanceof Injected ? new GeneratorStopped("the view update generator shuts down") : error
  }
}

const telling = async (
  { node, shard, storage, turn, tell, options }: ShardSurroundings,
  { batch, tasks, tablet: { after, lastToken } }: Target,
  sstables: ReadonlyArray<SstableId>,
  rows: ReadonlyArray<BaseRow>,
  work: () => Promise<void>
): Promise<boolean> => {
  tell({ _tag: "AttemptBegan", node, shard, batch, on: storage.shard, tasks, after, lastToken, sstables, rows })
  let ok = false
  try {
    await work()
    ok = true
  } catch (error) {
    // M38: shipped, a generator that stops in the middle is as good as one that has finished.
    ok = error instanceof GeneratorStopped && options.generatorStopped === "done"
    if (!ok && !isFailure(error)) throw error
  }
  await turn(`batch ${batch} of ${node}.${shard} has tried`)
  tell({ _tag: "AttemptEnded", node, shard, batch, ok })
  return ok
}

/** Sends rows to every view, and waits for every replica of each. */
const writeAll = async (
  parts: ShardSurroundings,
  target: Target,
  read: ReadonlyArray<BaseRow>,
  signal: AbortSignal,
  sending: Send
): Promise<void> => {
  const rows = read.map(({ key, timestamp, value }): Row => ({ key, timestamp, value }))
  if (rows.length === 0) return
  for (const view of target.views) {
    if (signal.aborted) throw new Aborted("the batch is to end")
    await sending(parts, target.batch, view, rows)
  }
}
