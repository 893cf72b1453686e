/** The state of a worker on one shard, as plain data. All of it is lost when the node falls. */
import type { NodeId, Position, ShardId, Term } from "../../../spec/metadata.ts"
import type {
  ArrivalId,
  BatchId,
  CallId,
  SstableId,
  TableId,
  TaskId,
  Token,
  ViewId
} from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BaseRow } from "../../../spec/view-building/messages.ts"
import type { BuildingState, Task } from "../../../spec/view-building/metadata.ts"
import type { Cell } from "../../kernel/cell.ts"
import type { Step } from "../../kernel/role.ts"
import { isOf, type Part, type Rewritten } from "./store.ts"

/** What a batch has read, and is to write to views. */
export interface Attempt {
  readonly sstables: ReadonlyArray<SstableId>
  readonly rows: ReadonlyArray<BaseRow>
  /** The views that the rows go to. */
  readonly views: ReadonlyArray<ViewId>
}

export interface Batch {
  readonly batch: BatchId
  /** What is left to be done. All of one type, base, tablet and place (S1). Shrinks only, by the observer. */
  readonly tasks: ReadonlyArray<Task>
  /** `resting` between two attempts; `done` once its waiters were told, until somebody absorbs it. */
  readonly phase: "resting" | "attempting" | "done"
  /** What the attempt reads, null but while it is attempting. */
  readonly attempt: Attempt | null
  /** It is to end without result, as soon as its attempt does (S19). */
  readonly aborting: boolean
}

/** A call in hand. Its handler takes the mutex for each of its steps but the barrier and the wait. */
export interface Call {
  readonly call: CallId
  readonly term: Term
  readonly tasks: ReadonlyArray<TaskId>
  /** `arrived` and `caughtUp` go on when they get the mutex; `barrier` waits for group 0, `waiting` for its batch, `forgotten` for ever. */
  readonly step: "arrived" | "barrier" | "caughtUp" | "waiting" | "forgotten"
  /** What group 0 said at its barrier, for designs that go by it. */
  readonly snapshot: BuildingState | null
  readonly batch: BatchId | null
}

/** Who has the shard's mutex over more than one step, and what for. */
export interface Lock {
  readonly by: CallId | "observer" | "drain"
  /** The end of a batch; writes and streams that began before; the flush; group 0, for designs that keep it for that. */
  readonly awaits: "batch" | "arrivals" | "flush" | "barrier"
  /** Whether it flushes for a base that it has gone over to, or once more for views that came after that. */
  readonly flushes: "base" | "views" | null
  readonly arrivals: ReadonlyArray<ArrivalId>
  /** The views that this flush is for; null until they were read. */
  readonly views: ReadonlyArray<ViewId> | null
}

export const holding: Omit<Lock, "by" | "awaits"> = { flushes: null, arrivals: [], views: null }

/** A staging sstable on this shard's list, by the last of its tokens. */
export interface Listed {
  readonly sstable: SstableId
  readonly base: TableId
  readonly token: Token
  /** The tablet that it was registered for, where that is how it is found again (2025). */
  readonly lastToken?: Token
}

export interface Shard {
  readonly node: NodeId
  readonly shard: ShardId
  /** The base that this shard goes by. Follows group 0's, later (W3, O1). */
  readonly base: TableId | null
  /** Tasks of this base that a batch has done, in order. Grows until the base changes (S19). */
  readonly completed: ReadonlyArray<TaskId>
  /** Tasks that calls were told to be aborted or gone, where calls do not start batches themselves (2025). */
  readonly dropped: ReadonlyArray<TaskId>
  /** At most one (S1). */
  readonly batch: Batch | null
  /** Views of this base that a flush was made for (S17), in order. */
  readonly flushed: ReadonlyArray<ViewId>
  /** Null while nobody has the mutex over more than one step. */
  readonly lock: Lock | null
  /** In the order of their coming. */
  readonly calls: ReadonlyArray<Call>
  readonly drained: boolean
  /** Under a mutex of its own, that of the registrator. */
  readonly listed: ReadonlyArray<Listed>
}

export const freshShard = (node: NodeId, shard: ShardId): Shard => ({
  node,
  shard,
  base: null,
  completed: [],
  dropped: [],
  batch: null,
  flushed: [],
  lock: null,
  calls: [],
  drained: false,
  listed: []
})

/** What happens to a shard's memory from outside: its worker has become another, or its node falls, or data that was listed is gone. */
export type ShardOp =
  | Shard
  | { readonly lists: ReadonlyArray<Listed> }
  | { readonly forgets: Part }
  | { readonly rewrites: Rewritten }
  | "falls"

export const shardCell = (name: string, node: NodeId, shard: ShardId): Cell<Shard, ShardOp> => ({
  name,
  init: freshShard(node, shard),
  apply: (was, op) => {
    if (op === "falls") return freshShard(node, shard)
    if ("lists" in op) return { ...was, listed: listing(was.listed, op.lists) }
    if ("rewrites" in op) {
      const { sstable, by } = op.rewrites
      return {
        ...was,
        listed: listing(
          [],
          was.listed.map((one) => (one.sstable === sstable ? { ...one, sstable: by } : one))
        )
      }
    }
    return "forgets" in op ? { ...was, listed: was.listed.filter((one) => !isOf(one.base, one.token, op.forgets)) } : op
  }
})

export const listing = (listed: ReadonlyArray<Listed>, more: ReadonlyArray<Listed>): ReadonlyArray<Listed> =>
  [...listed, ...more].sort((one, other) => (one.sstable < other.sstable ? -1 : 1))

/** What a step of a worker may look at besides its own state. */
export interface Around {
  /** What the node has applied of group 0. */
  readonly state: BuildingState
  readonly at: Position
  /** Writes and streams that are on their way to this shard's data of each base. */
  readonly coming: ReadonlyArray<{ readonly arrival: ArrivalId; readonly base: TableId; readonly stream: boolean }>
}

/** Why an input cannot be taken now: the mutex is taken, or there is nothing that it could be about. */
export type NotNow = "Locked" | "NothingToDo"

/** What is seen of a step is its outputs. */
export type ShardStep = Step<Shard, ViewBuildingLabel, NotNow>

/** A shard between two of its doings, with what was seen so far. */
export interface Doing {
  readonly shard: Shard
  readonly seen: ReadonlyArray<ViewBuildingLabel>
}

export const callNamed = (shard: Shard, call: CallId): Call | undefined => shard.calls.find((one) => one.call === call)

export const withCall = (shard: Shard, call: CallId, change: (was: Call) => Call): Shard => ({
  ...shard,
  calls: shard.calls.map((one) => (one.call === call ? change(one) : one))
})

export const ids = (tasks: ReadonlyArray<Task>): ReadonlyArray<TaskId> => tasks.map(({ id }) => id)

/** A number that neither the shard's batch has nor anybody who waits for one. */
export const freeBatch = ({ batch, calls }: Shard): BatchId => {
  const taken = [batch?.batch, ...calls.map((call) => call.batch)]
  let free = 1
  while (taken.includes(free as BatchId)) free += 1
  return free as BatchId
}
