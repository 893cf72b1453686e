/** How a rule puts an input to a shard's worker. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { outcome } from "../../kernel/role.ts"
import type { Firing } from "../../kernel/system.ts"
import type { Known, Site, SiteShard } from "./site.ts"
import type { Around, Call, Shard } from "./state.ts"
import type { Store } from "./store.ts"
import { type ShardInput, shardWorker } from "./worker.ts"

export type Firings = ReadonlyArray<Firing<ViewBuildingLabel>>

export const around = ({ state, at }: Known, { coming }: Store): Around => ({
  state,
  at,
  coming: coming.map(({ arrival, base, to }) => ({ arrival, base, stream: to !== "memtable" }))
})

/** What became of a shard by an input; nothing where it rejects the input. */
export const taken = (
  { variant }: Site,
  { id }: SiteShard,
  shard: Shard,
  input: ShardInput
): { readonly shard: Shard; readonly labels: ReadonlyArray<ViewBuildingLabel> } | undefined => {
  const step = outcome(shardWorker(shard.node, id, variant).step(shard, input))
  return step._tag === "Refused" ? undefined : { shard: step.next.state, labels: step.next.outputs }
}

/** The firing of a rule that puts an input to a shard: with what is seen before, and what else is written. */
export const puts = (
  site: Site,
  own: SiteShard,
  shard: Shard,
  input: ShardInput,
  before: ReadonlyArray<ViewBuildingLabel> = [],
  more: ReadonlyArray<Write> = []
): Firings => {
  const next = taken(site, own, shard, input)
  if (next === undefined) return []
  const flush = next.labels.find((label) => label._tag === "FlushBegan")
  const calls: ReadonlyArray<Call> =
    input._tag === "CallArrives"
      ? [...shard.calls, { ...input, step: "arrived", snapshot: null, batch: null }]
      : shard.calls
  return [
    {
      labels: [...before, ...next.labels],
      writes: [
        write(own.shard, next.shard),
        ...more,
        ...(flush === undefined ? [] : [write(own.store, { flushes: flush.base })]),
        ...site.answering(calls, next.labels)
      ]
    }
  ]
}
