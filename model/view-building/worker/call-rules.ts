/** Calls: a coordinator asks, group 0 answers the barrier, and a call gets the mutex or learns that its batch is over. */
import type { Term } from "../../../spec/metadata.ts"
import type { CallId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BuildingState } from "../../../spec/view-building/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { type Rule, rulesOf } from "../../kernel/system.ts"
import { trusting, type WorkerBounds } from "./bounds.ts"
import type { Desk, ShardCells, WorkerCells } from "./cells.ts"
import { mayApply, type Node } from "./node.ts"
import { home, selected, startedOn } from "./scene.ts"
import { around, type Firings, puts } from "./shard-firing.ts"
import type { Shard } from "./state.ts"
import type { Store } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"

const on = rulesOf<ViewBuildingLabel>()

const freeCall = ({ out }: Desk): CallId => {
  let free = 1
  while (out.some(({ call }) => call === free)) free += 1
  return free as CallId
}

export const callRules = (
  cells: WorkerCells,
  own: ShardCells,
  bounds: WorkerBounds,
  variant: WorkerVariant
): ReadonlyArray<Rule<ViewBuildingLabel>> => [
  asks(cells, own, variant),
  ...(bounds.lateCalls > 0 ? [asksLate(cells, own, variant)] : []),
  ...(variant.batches === "byCalls"
    ? [barrierEnds(cells, own, bounds, variant), proceeds(cells, own, bounds, variant)]
    : []),
  wakes(cells, own, bounds, variant)
]

/** A coordinator of a term asks a shard for some tasks. */
const asking = (
  cells: WorkerCells,
  own: ShardCells,
  variant: WorkerVariant,
  term: Term,
  tasks: ReturnType<typeof selected>,
  { shard, store, desk }: { readonly shard: Shard; readonly store: Store; readonly desk: Desk }
): Firings => {
  if (tasks.length === 0) return []
  const call = freeCall(desk)
  const told = { _tag: "CallArrived", node: home, shard: own.id, call, tasks } as const
  const arrived: ViewBuildingLabel = variant.batches === "byCalls" ? { ...told, term } : told
  const asked: Desk = { ...desk, out: [...desk.out, { call, term, shard: own.id }] }
  const input = { _tag: "CallArrives", call, term, tasks } as const
  const [firing] = puts(cells, own, { shard, store, desk: asked }, input, variant, [arrived])
  if (firing === undefined) return []
  const isWritten = firing.writes.some(({ cell }) => cell.name === cells.desk.name)
  return [isWritten ? firing : { ...firing, writes: [...firing.writes, write(cells.desk, asked)] }]
}

/** In the variant of 2025 a coordinator asks for what was started, and not twice for what it was told. */
const toAsk = (
  { batches }: WorkerVariant,
  state: BuildingState,
  { id }: ShardCells,
  finished: Desk["finished"]
): ReturnType<typeof selected> => {
  const replica = { node: home, shard: id }
  return batches === "byCalls"
    ? selected(state, replica, finished)
    : startedOn(state, replica).filter((task) => !finished.includes(task))
}

/** Enabled when the newest coordinator has no call out to the shard, and something to ask of it. */
const asks = (cells: WorkerCells, own: ShardCells, variant: WorkerVariant) =>
  on(
    `a coordinator asks ${own.id}`,
    { actor: "coordinator", fair: "none", reads: [cells.head, cells.term, cells.desk, own.shard, own.store] },
    (head, term, desk, shard, store): Firings => {
      if (desk.out.some((call) => call.term === term && call.shard === own.id)) return []
      const tasks = toAsk(variant, head.metadata.state, own, desk.finished)
      return asking(cells, own, variant, term, tasks, { shard, store, desk })
    }
  )

/** A call of a coordinator that has been replaced comes late. */
const asksLate = (cells: WorkerCells, own: ShardCells, variant: WorkerVariant) =>
  on(
    `a replaced coordinator asks ${own.id}`,
    {
      actor: "coordinator",
      fair: "none",
      reads: [cells.head, cells.term, cells.desk, cells.mayCallLate, own.shard, own.store]
    },
    (head, term, desk, left, shard, store): Firings => {
      if (term === 1 || left === 0 || desk.out.some((call) => call.term === term - 1)) return []
      const tasks = toAsk(variant, head.metadata.state, own, [])
      return asking(cells, own, variant, (term - 1) as Term, tasks, { shard, store, desk }).map((firing) => ({
        ...firing,
        writes: [...firing.writes, write(cells.mayCallLate, "spend")]
      }))
    }
  )

/** W2: the node applies whatever group 0 says by now, if its observer lets it. */
const barrierEnds = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `a barrier ends on ${own.id}`,
    {
      actor: `${home}.${own.id}`,
      fair: trusting(bounds, "F1"),
      reads: [cells.head, cells.term, cells.node, cells.desk, own.shard, own.store]
    },
    (head, term, node, desk, shard, store): Firings => {
      if (node.at < head.at && !mayApply(node, variant)) return []
      const now: Node = { ...node, at: head.at, state: head.metadata.state }
      const caught: ReadonlyArray<ViewBuildingLabel> =
        node.at < head.at ? [{ _tag: "Applied", node: home, at: head.at }] : []
      return shard.calls.flatMap(({ call, step }) =>
        step !== "barrier"
          ? []
          : puts(
              cells,
              own,
              { shard, store, desk },
              { _tag: "BarrierEnds", call, term, around: around(now, store) },
              variant,
              [...caught, { _tag: "BarrierEnded", node: home, shard: own.id, call, at: head.at, term }],
              node.at < head.at ? [write(cells.node, now)] : []
            )
      )
    }
  )

const proceeds = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `a call proceeds on ${own.id}`,
    {
      actor: `${home}.${own.id}`,
      fair: trusting(bounds, "F9"),
      reads: [cells.node, cells.desk, own.shard, own.store]
    },
    (node, desk, shard, store): Firings =>
      shard.calls.flatMap(({ call }) =>
        puts(cells, own, { shard, store, desk }, { _tag: "Proceeds", call, around: around(node, store) }, variant)
      )
  )

const wakes = (cells: WorkerCells, own: ShardCells, bounds: WorkerBounds, variant: WorkerVariant) =>
  on(
    `a call wakes on ${own.id}`,
    { actor: `${home}.${own.id}`, fair: trusting(bounds, "F9"), reads: [cells.desk, own.shard, own.store] },
    (desk, shard, store): Firings =>
      shard.calls.flatMap(({ call }) => puts(cells, own, { shard, store, desk }, { _tag: "Wakes", call }, variant))
  )
