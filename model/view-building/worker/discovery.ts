/** What a node that comes back finds in staging on its disk (W10). Source: db/view/view_building_worker.cc discover_local_staging_sstables. */
import { sameReplica } from "../../../spec/metadata.ts"
import type { TaskId, Token } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { type View, view, type Write, write } from "../../kernel/cell.ts"
import { type Queued, toList } from "./node.ts"
import type { Known, Site, SiteShard } from "./site.ts"
import type { Sstable } from "./store.ts"

export interface Found {
  readonly entry: Queued
  /** The row that it is put to, null where it is queued. */
  readonly task: TaskId | null
}

/** Of what a shard has, that which is in staging. */
export const stagingOf = ({ store }: SiteShard): View<unknown, ReadonlyArray<Sstable>> =>
  view(store, "in staging", ({ sstables }) => sstables.filter(({ staging }) => staging))

/** By shard what it has in staging. */
export const found = (
  { name, shards, variant }: Site,
  { state }: Known,
  staging: ReadonlyArray<ReadonlyArray<Sstable>>
): ReadonlyArray<Found> =>
  shards.flatMap(({ id }, k) =>
    staging[k]!.map(({ sstable, base, rows }) => {
      const token = Math.max(...rows.map((row) => row.token)) as Token
      const table = tableOf(state, base)
      const tablet = table === undefined ? undefined : tabletHolding(table, token)
      const task = state.tasks.find(
        (one) =>
          one.type === "process_staging" &&
          one.base === base &&
          one.lastToken === tablet?.lastToken &&
          sameReplica(one.replica, { node: name, shard: id })
      )
      return {
        entry: { sstable, base, shard: id, token, lastToken: tablet?.lastToken ?? token },
        task: variant.discovers === "queues" || task === undefined ? null : task.id
      }
    })
  )

/** What is seen as the node comes back. */
export const told = ({ name }: Site, all: ReadonlyArray<Found>): ReadonlyArray<ViewBuildingLabel> => [
  { _tag: "Restarted", node: name },
  ...all.map(
    ({ entry: { sstable, shard, lastToken }, task }): ViewBuildingLabel =>
      task === null
        ? { _tag: "StagingQueued", node: name, shard, sstable, lastToken }
        : { _tag: "StagingListed", node: name, shard, sstable, task }
  ),
  { _tag: "Discovered", node: name }
]

/** All that is not on disk is lost, and what is in staging there is on a list or waits. */
export const falling = ({ node, shards, variant }: Site, all: ReadonlyArray<Found>): ReadonlyArray<Write> => [
  write(node, { falls: all.flatMap(({ entry, task }) => (task === null ? [entry] : [])) }),
  ...shards.flatMap(({ id, shard, store }): ReadonlyArray<Write> => {
    const mine = all.filter(({ entry, task }) => task !== null && entry.shard === id)
    const lists = mine.map(({ entry }) => toList(entry, variant))
    return [write(shard, "falls"), write(store, "falls"), ...(lists.length === 0 ? [] : [write(shard, { lists })])]
  })
]
