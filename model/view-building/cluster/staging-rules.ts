/** Staging sstables come to shards, and are registered with tasks. Source: dossier view-building 3.6 and 2.5 R1 to R3, E9. */
import { type Stage, sameReplica } from "../../../spec/metadata.ts"
import { SstableId, type TableId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { statusesOf, type Task, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { adding } from "../said.ts"
import { trusting } from "./bounds.ts"
import { type NodeCells, replicaAt, type ShardCells, shardAt } from "./cells.ts"
import { staging, storing } from "./data.ts"
import { baseRow, beginning, begins } from "./schema-rules.ts"
import { committing, type Firings, on, type Setting } from "./setting.ts"
import { arrives } from "./tablet-rules.ts"
import { isStarted } from "./worker-rules.ts"

export const stagingRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> =>
  setting.bounds.staging.length === 0
    ? []
    : [
        comes(setting),
        ...setting.cells.nodes.flatMap((node) => node.shards.map((shard) => registers(setting, node, shard)))
      ]

/**
 * An sstable is repaired, loaded or streamed into a tablet. It goes to staging while some view is being built, and is left to
 * the build of others. Source: db/view/view.cc check_needs_view_update_path.
 */
const comes = ({ cells, bounds }: Setting): Rule<ViewBuildingLabel> =>
  on(
    "an sstable comes",
    {
      actor: "client",
      fair: "none",
      reads: [...beginning(cells), cells.arrived, cells.head, ...cells.shards.map(({ data }) => data)]
    },
    (filled, asked, arrived, { metadata: { state } }, ...held): Firings => {
      const next = bounds.staging[arrived]
      const table = tableOf(state, (next?.base ?? "") as TableId)
      if (!begins(bounds, filled, asked) || next === undefined || table === undefined) return []
      const replica = replicaAt(next.at)
      const row = baseRow(next)
      const tablet = tabletHolding(table, row.token)
      if (tablet === undefined || !tablet.replicas.some((one) => sameReplica(one, replica))) return []
      if (!isTaking(tablet.transition?.stage)) return []
      const shard = shardAt(cells, replica)
      const data = held[cells.shards.indexOf(shard)]!
      const statuses = table.views.flatMap((view) => statusesOf(state, view))
      const isBuilding = statuses.some(({ status }) => status === "STARTED")
      // What comes to a base whose views are all built is handed to the view update generator by itself, which is not ours.
      if (statuses.length > 0 && !isBuilding) return []
      const sstable = SstableId.make(next.sstable)
      const stored = { base: table.base, row }
      const after = isBuilding ? staging(data, { ...stored, sstable, listed: false }) : storing(data, [stored])
      const queued: ReadonlyArray<ViewBuildingLabel> = isBuilding
        ? [{ _tag: "StagingQueued", ...replica, sstable, lastToken: tablet.lastToken }]
        : []
      return [
        {
          labels: [...arrives(shard, table.base, sstable, [row], isBuilding ? sstable : null), ...queued],
          writes: [write(shard.data, after), write(cells.arrived, arrived + 1)]
        }
      ]
    }
  )

/** Once a tablet's data has gone over nothing comes to where it has left: that is what sessions see to. */
const isTaking = (stage: Stage | undefined): boolean =>
  stage === undefined ||
  stage === "allow_write_both_read_old" ||
  stage === "write_both_read_old" ||
  stage === "streaming"

/**
 * R2 and R3: an sstable that waits gets a task of its tablet here that nobody has begun, or a new one, and is listed with it.
 *
 * An aborted task will be another when it comes back, so it is none.
 */
const registers = (setting: Setting, node: NodeCells, shard: ShardCells): Rule<ViewBuildingLabel> => {
  const { cells, bounds, variant } = setting
  const { replica } = shard
  return on(
    `${shard.place} registers an sstable`,
    { actor: node.name, fair: trusting(bounds, "F8"), reads: [shard.data, shard.worker, node.up, cells.head] },
    (data, worker, up, { at, metadata }): Firings => {
      const queued = data.staging.find(({ listed }) => !listed)
      if (!up || queued === undefined) return []
      const { base, sstable, row } = queued
      const table = tableOf(metadata.state, base)
      const tablet = table === undefined ? undefined : tabletHolding(table, row.token)
      if (tablet === undefined) return []
      const { lastToken } = tablet
      const isFit = (task: Task): boolean =>
        task.type === "process_staging" &&
        task.base === base &&
        task.lastToken === lastToken &&
        sameReplica(task.replica, replica) &&
        task.state === "alive" &&
        !isStarted(worker, task.id)
      const put = write(shard.data, staging(data, { ...queued, listed: true }))
      const old = metadata.state.tasks.find(isFit)
      if (old !== undefined)
        return [{ labels: [{ _tag: "StagingListed", ...replica, sstable, task: old.id }], writes: [put] }]
      const said = adding(variant, metadata, [{ type: "process_staging", base, view: null, replica, lastToken }])
      const task = said.state.tasks.find(({ id }) => !metadata.state.tasks.some((known) => known.id === id))!
      const { label, write: committed } = committing(
        cells,
        at,
        { _tag: "Worker", node: node.name },
        { _tag: "RegisterStaging", tasks: [task], sstables: [{ sstable, task: task.id }] },
        said
      )
      return [
        {
          labels: [label, { _tag: "StagingListed", ...replica, sstable, task: task.id }],
          writes: [committed, put]
        }
      ]
    }
  )
}
