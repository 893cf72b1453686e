/**
 * The least that a coordinator needs of a shard's worker: one batch at a time, calls that wait for it, and what it has done.
 *
 * It always reads all that is there and knows what group 0 says. How a worker comes to that is the business of the role of its
 * own. Source: dossier view-building 2.3.
 */
import { type Replica, sameReplica, type Term } from "../../../../spec/metadata.ts"
import type { SstableId, TableId, TaskId, Token } from "../../../../spec/view-building/ids.ts"
import type { BaseRow, Reason } from "../../../../spec/view-building/messages.ts"
import {
  type BuildingState,
  type Task,
  tableOf,
  tabletNamed,
  taskNamed
} from "../../../../spec/view-building/metadata.ts"
import { type Data, readRows, within } from "../data.ts"
import type { Call } from "../staff.ts"

export interface Batch {
  readonly tasks: ReadonlyArray<Task>
  /** Calls that it is to answer: of this coordinator, and of one before it. */
  readonly waiting: ReadonlyArray<Call>
  readonly rows: ReadonlyArray<BaseRow>
  readonly sstables: ReadonlyArray<SstableId>
}

export interface Worker {
  readonly base: TableId | null
  /** Tasks of that base which a batch has done. */
  readonly completed: ReadonlyArray<TaskId>
  readonly batch: Batch | null
  /** Calls that its node has fallen under, whose callers have yet to hear of that. */
  readonly lost: ReadonlyArray<Call>
}

export type WorkerOp = Worker | "falls"

export const newWorker: Worker = { base: null, completed: [], batch: null, lost: [] }

/** A node that falls takes everything along that its workers knew. */
export const afterWorkerOp = ({ batch, lost }: Worker, op: WorkerOp): Worker =>
  op === "falls" ? { ...newWorker, lost: [...lost, ...(batch?.waiting ?? [])] } : op

/** What a call leads to, once its worker has caught up with group 0. */
export type Taken =
  | { readonly _tag: "Refused"; readonly reason: Reason }
  | { readonly _tag: "Attached"; readonly batch: Batch }
  | { readonly _tag: "Started"; readonly tasks: ReadonlyArray<Task> }

/** W1: what is done already is told at once, without looking any further. */
export const doneOf = ({ completed }: Worker, { tasks }: Call): ReadonlyArray<TaskId> =>
  tasks.filter((id) => completed.includes(id))

/** W3: a shard that goes over to another base forgets what it was about. */
export const goingBy = (worker: Worker, { processing }: BuildingState): Worker =>
  worker.base === processing ? worker : { ...newWorker, base: processing, lost: worker.lost }

/** W2 and W4. `term` is null where calls tell none (2025). */
export const taken = (worker: Worker, call: Call, state: BuildingState, term: Term | null, here: Replica): Taken => {
  if (term !== null && call.term !== term) return { _tag: "Refused", reason: "StaleTerm" }
  if (state.processing === null) return { _tag: "Refused", reason: "BaseNotSet" }
  if (worker.batch !== null)
    return worker.batch.tasks.some(({ id }) => call.tasks.includes(id))
      ? { _tag: "Attached", batch: worker.batch }
      : { _tag: "Refused", reason: "Busy" }
  const tasks = call.tasks.flatMap((id) => taskNamed(state, id) ?? [])
  const isFit = ({ base, replica, state: stands }: Task): boolean =>
    base === state.processing && sameReplica(replica, here) && stands !== "aborted"
  return tasks.length < call.tasks.length || !tasks.every(isFit)
    ? { _tag: "Refused", reason: "TaskNotFound" }
    : { _tag: "Started", tasks }
}

/** What a batch finds when it begins an attempt. A staging task takes what is listed, and takes nothing twice. */
export const found = (
  [first]: ReadonlyArray<Task>,
  state: BuildingState,
  data: Data
): Pick<Batch, "rows" | "sstables"> & { readonly after: Token | null; readonly lastToken: Token } => {
  const { base, lastToken, type } = first!
  const range = tabletNamed(tableOf(state, base), lastToken) ?? { after: null, lastToken }
  const here = within(data, base, range)
  const listed = here.staging.filter((staged) => staged.listed)
  const isBuild = type === "build_range"
  return {
    rows: isBuild ? readRows(here) : listed.map(({ row }) => row),
    sstables: isBuild ? [] : listed.map(({ sstable }) => sstable),
    after: range.after,
    lastToken: range.lastToken
  }
}

/** Tasks of a batch that are gone or aborted. */
export const lostOf = ({ tasks }: Batch, state: BuildingState): ReadonlyArray<TaskId> =>
  tasks.map(({ id }) => id).filter((id) => (taskNamed(state, id)?.state ?? "aborted") === "aborted")
