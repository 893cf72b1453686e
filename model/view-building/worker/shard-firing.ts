/** How a rule puts an input to a shard's worker. */

import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { CallAnswer } from "../../../spec/view-building/messages.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { outcome } from "../../kernel/role.ts"
import type { Firing } from "../../kernel/system.ts"
import type { Desk, ShardCells, WorkerCells } from "./cells.ts"
import type { Node } from "./node.ts"
import type { Around, Shard } from "./state.ts"
import { flushBegun, type Store } from "./store.ts"
import type { WorkerVariant } from "./variant.ts"
import { type ShardInput, shardWorker } from "./worker.ts"

export type Firings = ReadonlyArray<Firing<ViewBuildingLabel>>

export const around = ({ state, at }: Node, { coming }: Store): Around => ({
  state,
  at,
  coming: coming.map(({ arrival, base, to }) => ({ arrival, base, stream: to !== "memtable" }))
})

/** What became of a shard by an input; nothing where it rejects the input. */
export const taken = (
  { id }: ShardCells,
  shard: Shard,
  input: ShardInput,
  variant: WorkerVariant
): { readonly shard: Shard; readonly labels: ReadonlyArray<ViewBuildingLabel> } | undefined => {
  const step = outcome(shardWorker(shard.node, id, variant).step(shard, input))
  return step._tag === "Refused" ? undefined : { shard: step.next.state, labels: step.next.outputs }
}

/** What the desk knows once these labels were seen: calls that were answered are out no more. */
const heard = (desk: Desk, labels: ReadonlyArray<ViewBuildingLabel>): Desk =>
  labels.reduce<Desk>((now, label) => {
    if (label._tag !== "CallAnswered") return now
    const call = now.out.find((one) => one.call === label.call && one.shard === label.shard)
    if (call === undefined) return now
    const out = now.out.filter((one) => one !== call)
    const isNewest = call.term === now.term
    return {
      ...now,
      out,
      finished: isNewest
        ? [...new Set([...now.finished, ...tasksIn(label.answer)])].sort((a, b) => a - b)
        : now.finished
    }
  }, desk)

const tasksIn = (answer: CallAnswer) => (answer._tag === "Done" ? answer.tasks : [])

/** The firing of a rule that puts an input to a shard: with what is seen before, and what else is written. */
export const puts = (
  cells: WorkerCells,
  own: ShardCells,
  { shard, store, desk }: { readonly shard: Shard; readonly store: Store; readonly desk: Desk },
  input: ShardInput,
  variant: WorkerVariant,
  before: ReadonlyArray<ViewBuildingLabel> = [],
  more: ReadonlyArray<Write> = []
): Firings => {
  const next = taken(own, shard, input, variant)
  if (next === undefined) return []
  const flush = next.labels.find((label) => label._tag === "FlushBegan")
  const heardDesk = heard(desk, next.labels)
  return [
    {
      labels: [...before, ...next.labels],
      writes: [
        write(own.shard, next.shard),
        ...(flush === undefined ? [] : [write(own.store, flushBegun(store, flush.base))]),
        ...(heardDesk === desk ? [] : [write(cells.desk, heardDesk)]),
        ...more
      ]
    }
  ]
}
