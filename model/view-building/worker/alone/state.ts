/** A worker alone: the shard's own state, what its node knows, and who waits for the shard's mutex. */
import { Position } from "../../../../spec/metadata.ts"
import type { ArrivalId, CallId, TableId } from "../../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import type { BuildingState } from "../../../../spec/view-building/metadata.ts"
import { type Known, type WorkerOutput, workerPlace } from "../../../../spec/view-building/worker/messages.ts"
import { fullState } from "../../../../spec/view-building/worker/seen.ts"
import { outcome } from "../../../kernel/role.ts"
import { type Around, freshShard, type Lock, type Shard } from "../state.ts"
import { emptyStore, type Sstable, type Store } from "../store.ts"
import { type ShardInput, shardWorker } from "../worker.ts"
import type { AloneDesign } from "./design.ts"

/** Who may want the mutex. */
type Wanting = CallId | Exclude<Lock["by"], CallId>

export interface Alone {
  readonly shard: Shard
  /** How far its node has applied what group 0 says. */
  readonly at: Position
  /** Who waits for the mutex, first come first. */
  readonly queue: ReadonlyArray<Wanting>
  /** The batch rests until so much time has passed. */
  readonly pauses: boolean
}

/** What a worker is, and what group 0 says around it, one after another. */
export interface Setting {
  readonly design: AloneDesign
  readonly says: ReadonlyArray<Known>
}

const nothingKnown: Known = { processing: null, tasks: [], tables: [] }

export const { node, shard } = workerPlace

export const newAlone: Alone = {
  shard: freshShard(node, shard),
  at: Position.make(0),
  queue: [],
  pauses: false
}

/** A worker between two of its doings, with what it has put out so far. */
export interface Doing {
  readonly alone: Alone
  readonly outputs: ReadonlyArray<WorkerOutput>
}

const knownTo = ({ at }: Alone, { says }: Setting): Known => says[at - 1] ?? nothingKnown

export const stateOf = (alone: Alone, setting: Setting): BuildingState => fullState(knownTo(alone, setting))

/** Something is always on its way to a base until it was said to have come. */
const comingTo = ({ tables }: Known): Around["coming"] =>
  tables.map(({ base }) => ({ arrival: `to ${base}` as ArrivalId, base, stream: false }))

export const around = (alone: Alone, setting: Setting, hasArrived = false): Around => ({
  state: stateOf(alone, setting),
  at: alone.at,
  coming: hasArrived ? [] : comingTo(knownTo(alone, setting))
})

/** A row in every tablet, so that there is always something to be made of it, and one in each staging sstable. */
export const storeOf = (alone: Alone, setting: Setting): Store => ({
  ...emptyStore,
  sstables: [
    ...knownTo(alone, setting).tables.map(
      ({ base, tablets }): Sstable => ({
        sstable: `${base} on disk` as Sstable["sstable"],
        base,
        rows: tablets.map(({ lastToken }) => ({
          key: `${lastToken}`,
          timestamp: 1,
          value: "row",
          token: lastToken
        })),
        staging: false
      })
    ),
    ...alone.shard.listed.map(({ sstable, base, token }) => ({
      sstable,
      base,
      rows: [{ key: sstable, timestamp: 2, value: "row", token }],
      staging: true
    }))
  ]
})

/** What becomes of a worker whose shard takes an input; nothing where the shard rejects it. */
export const putting = ({ alone, outputs }: Doing, input: ShardInput, { design }: Setting): Doing | undefined => {
  const step = outcome(shardWorker(node, shard, design.worker).step(alone.shard, input))
  if (step._tag === "Refused") return undefined
  const { state, outputs: labels } = step.next
  const next = { ...alone, shard: attachedLast(state, labels) }
  const isOver = labels.some(({ _tag }) => _tag === "BatchEnded")
  return {
    alone: { ...next, pauses: next.pauses && !isOver },
    outputs: [...outputs, ...labels.flatMap(put), ...between(alone.shard, state)]
  }
}

/** Calls that wait for a batch do so in the order in which they began to. */
const attachedLast = (shard: Shard, labels: ReadonlyArray<ViewBuildingLabel>): Shard => {
  const attached = labels.flatMap((label) => (label._tag === "CallAttached" ? [label.call] : []))
  const isAttached = ({ call }: Shard["calls"][number]): boolean => attached.includes(call)
  return attached.length === 0
    ? shard
    : { ...shard, calls: [...shard.calls.filter((call) => !isAttached(call)), ...shard.calls.filter(isAttached)] }
}

/** What is to be seen of a worker's doings that its model has no label for. */
const between = (before: Shard, after: Shard): ReadonlyArray<WorkerOutput> => [
  ...after.calls.flatMap(
    ({ call, step }): ReadonlyArray<WorkerOutput> =>
      step === "barrier" && before.calls.every((was) => was.call !== call || was.step !== "barrier")
        ? [{ _tag: "CatchesUp", call }]
        : []
  ),
  ...(after.lock?.awaits === "arrivals" && before.lock?.awaits !== "arrivals"
    ? [{ _tag: "ArrivalsAwaited", base: flushed(after) } as const]
    : []),
  ...(after.drained && !before.drained ? [{ _tag: "Drained" } as const] : [])
]

const flushed = ({ base }: Shard): TableId => {
  if (base === null) throw new TypeError("a flush of no base")
  return base
}

/** A label of the shard in the words of the role. That an attempt or a flush is over was said by somebody else. */
const put = (label: ViewBuildingLabel): ReadonlyArray<WorkerOutput> => {
  switch (label._tag) {
    case "CallAttached":
      return [{ _tag: "Attached", call: label.call }]
    case "CallAnswered":
      return [{ _tag: "Answered", call: label.call, answer: label.answer }]
    case "FlushBegan":
      return [{ _tag: "FlushBegan", base: label.base }]
    case "BatchBegan": {
      const { call, type, base, lastToken, tasks } = label
      if (call === null) throw new TypeError("a batch that nobody has asked for")
      return [{ _tag: "BatchBegan", call, type, base, lastToken, tasks }]
    }
    case "TasksDropped":
      return [{ _tag: "TasksDropped", tasks: label.tasks }]
    case "AttemptBegan": {
      const { tasks, after, lastToken, sstables } = label
      return [{ _tag: "AttemptBegan", tasks, after, lastToken, sstables }]
    }
    case "ViewWritten":
      return [{ _tag: "ViewWritten", view: label.view }]
    case "SstableProcessed":
      return [{ _tag: "Processed", sstable: label.sstable }]
    case "BatchEnded":
      return [{ _tag: "BatchEnded", how: label.how }]
    default:
      return []
  }
}
