/** Plain workers register staging sstables in one step. Source: dossier view-building 3.6 and 2.5 R1 to R3. */
import { sameReplica } from "../../../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../../../spec/view-building/labels.ts"
import { type Task, tableOf, tabletHolding } from "../../../../spec/view-building/metadata.ts"
import { write } from "../../../kernel/cell.ts"
import type { Rule } from "../../../kernel/system.ts"
import { adding } from "../../said.ts"
import { trusting } from "../bounds.ts"
import { staging } from "../data.ts"
import { committing, type Firings, on, type Setting } from "../setting.ts"
import type { PlainNode, PlainShard } from "./cells.ts"
import { isStarted } from "./worker-rules.ts"

export const registeringRules = (
  setting: Setting,
  nodes: ReadonlyArray<PlainNode>
): ReadonlyArray<Rule<ViewBuildingLabel>> =>
  setting.bounds.staging.length === 0
    ? []
    : nodes.flatMap((node) => node.shards.map((shard) => registers(setting, node, shard)))

/**
 * R2 and R3: an sstable that waits gets a task of its tablet here that nobody has begun, or a new one, and is listed with it.
 *
 * An aborted task will be another when it comes back, so it is none.
 */
const registers = (setting: Setting, node: PlainNode, shard: PlainShard): Rule<ViewBuildingLabel> => {
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
