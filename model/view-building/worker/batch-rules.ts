/** Attempts and flushes: they begin as soon as they may, and end as the environment has it. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { type Rule, rulesOf } from "../../kernel/system.ts"
import { trusting, type WorkerBounds } from "./bounds.ts"
import type { ShardCells, WorkerCells } from "./cells.ts"
import { isStartedLocked, joining, type Node } from "./node.ts"
import { home } from "./scene.ts"
import { around, type Firings, puts } from "./shard-firing.ts"
import { ids, type Shard } from "./state.ts"
import { flushEnded, processed } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"

const on = rulesOf<ViewBuildingLabel>()

export const batchRules = (
  cells: WorkerCells,
  own: ShardCells,
  bounds: WorkerBounds,
  variant: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  begins(cells, own, bounds, variant),
  succeeds(cells, own, bounds, variant),
  ...(bounds.failures > 0 ? [fails(cells, own, variant)] : []),
  ...(mayBeInterrupted(bounds) ? [givesUp(cells, own, variant)] : []),
  ...(mayAwait(bounds, own) ? [arrivalsEnd(cells, own, bounds, variant)] : []),
  flushEnds(cells, own, bounds, variant)
]

/** Whether anybody may have a reason to end an attempt that reads no staging sstable. */
const mayBeInterrupted = ({ steps, drains }: WorkerBounds): boolean =>
  drains > 0 || steps.some(({ _tag }) => _tag !== "CreateView" && _tag !== "DropTable")

/** Whether anything may be on its way when a flush is to begin. Where nothing is to be built there is none before something has come. */
const mayAwait = ({ comings, tables, steps }: WorkerBounds, { id }: ShardCells): boolean => {
  const isBuilding = tables.some(({ built }) => built !== true) || steps.some(({ _tag }) => _tag === "CreateView")
  return comings.some(({ shard }) => shard === id) && (isBuilding || comings.length > 1)
}

/** Whether the shard's batch is about staging: the registrator and it do not choose at the same time. */
const isStaging = ({ batch }: Shard): boolean => batch?.tasks[0]?.type === "process_staging"

const isKeptOut = (node: Node, shard: Shard, variant: WorkerVariant): boolean =>
  isStaging(shard) &&
  (isStartedLocked(node, variant) || (variant.registers === "underMutex" && node.registering !== null))

const begins = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `an attempt begins on ${own.id}`,
    {
      actor: `${home}.${own.id}`,
      fair: trusting(bounds, "F3"),
      reads: [cells.node, cells.desk, own.shard, own.store]
    },
    (node, desk, shard, store): Firings => {
      if (isKeptOut(node, shard, variant)) return []
      const chosen = isStaging(shard) ? ids(shard.batch?.tasks ?? []) : []
      const noted: ReadonlyArray<Write> =
        chosen.length === 0 ? [] : [write(cells.node, { ...node, started: joining(node.started, chosen) })]
      const input = { _tag: "AttemptBegins", around: around(node, store), store } as const
      return puts(cells, own, { shard, store, desk }, input, variant, [], noted)
    }
  )

const succeeds = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `an attempt succeeds on ${own.id}`,
    {
      actor: `${home}.${own.id}`,
      fair: trusting(bounds, "F3"),
      reads: [cells.node, cells.desk, own.shard, own.store]
    },
    (node, desk, shard, store): Firings => {
      const sstables = shard.batch?.attempt?.sstables ?? []
      const moved = sstables.length === 0 ? store : processed(store, sstables)
      const input = { _tag: "AttemptEnds", ok: true, around: around(node, store) } as const
      return puts(
        cells,
        own,
        { shard, store: moved, desk },
        input,
        variant,
        [],
        moved === store ? [] : [write(own.store, moved)]
      )
    }
  )

const fails = (cells: WorkerCells, own: ShardCells, variant: WorkerVariant) =>
  on(
    `an attempt fails on ${own.id}`,
    { actor: `${home}.${own.id}`, fair: "none", reads: [cells.node, cells.desk, cells.mayFail, own.shard, own.store] },
    (node, desk, left, shard, store): Firings =>
      left === 0 || shard.batch?.aborting === true
        ? []
        : puts(
            cells,
            own,
            { shard, store, desk },
            { _tag: "AttemptEnds", ok: false, around: around(node, store) },
            variant,
            [],
            [write(cells.mayFail, "spend")]
          )
  )

/** An attempt to build that was told to end does so. One that processes staging sstables does not listen. */
const givesUp = (cells: WorkerCells, own: ShardCells, variant: WorkerVariant) =>
  on(
    `an attempt gives up on ${own.id}`,
    { actor: `${home}.${own.id}`, fair: "weak", reads: [cells.node, cells.desk, own.shard, own.store] },
    (node, desk, shard, store): Firings =>
      shard.batch?.aborting !== true || (shard.batch.attempt?.sstables.length ?? 0) > 0
        ? []
        : puts(
            cells,
            own,
            { shard, store, desk },
            { _tag: "AttemptEnds", ok: false, around: around(node, store) },
            variant
          )
  )

const arrivalsEnd = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `a flush has waited on ${own.id}`,
    {
      actor: `${home}.${own.id}`,
      fair: trusting(bounds, "F11"),
      reads: [cells.node, cells.desk, own.shard, own.store]
    },
    (node, desk, shard, store): Firings =>
      puts(cells, own, { shard, store, desk }, { _tag: "ArrivalsEnd", around: around(node, store) }, variant)
  )

const flushEnds = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `a flush ends on ${own.id}`,
    { actor: "storage", fair: trusting(bounds, "F11"), reads: [cells.node, cells.desk, own.shard, own.store] },
    (node, desk, shard, store): Firings => {
      const flushed = flushEnded(store)
      const input = { _tag: "FlushEnds", around: around(node, flushed) } as const
      return puts(cells, own, { shard, store: flushed, desk }, input, variant, [], [write(own.store, flushed)])
    }
  )
