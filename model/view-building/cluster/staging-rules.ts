/** Staging sstables come to shards. Source: dossier view-building 3.6 and 2.5 E9. */
import { type Stage, sameReplica } from "../../../spec/metadata.ts"
import { SstableId, type TableId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { statusesOf, tableOf, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { replicaAt, shardAt } from "./cells.ts"
import { baseRow, beginning, begins } from "./schema-rules.ts"
import { type Firings, on, type Setting } from "./setting.ts"
import { arrives } from "./tablet-rules.ts"

export const stagingRules = (setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>> =>
  setting.bounds.staging.length === 0 ? [] : [comes(setting)]

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
      reads: [...beginning(cells), cells.arrived, cells.head]
    },
    (filled, asked, arrived, { metadata: { state } }): Firings => {
      const next = bounds.staging[arrived]
      const table = tableOf(state, (next?.base ?? "") as TableId)
      if (!begins(bounds, filled, asked) || next === undefined || table === undefined) return []
      const replica = replicaAt(next.at)
      const row = baseRow(next)
      const tablet = tabletHolding(table, row.token)
      if (tablet === undefined || !tablet.replicas.some((one) => sameReplica(one, replica))) return []
      if (!isTaking(tablet.transition?.stage)) return []
      const shard = shardAt(cells, replica)
      const statuses = table.views.flatMap((view) => statusesOf(state, view))
      const isBuilding = statuses.some(({ status }) => status === "STARTED")
      // What comes to a base whose views are all built is handed to the view update generator by itself, which is not ours.
      if (statuses.length > 0 && !isBuilding) return []
      const sstable = SstableId.make(next.sstable)
      const stored = { base: table.base, row }
      const come = isBuilding ? shard.stages({ ...stored, sstable }, tablet.lastToken) : shard.keeps([stored])
      const queued: ReadonlyArray<ViewBuildingLabel> = isBuilding
        ? [{ _tag: "StagingQueued", ...replica, sstable, lastToken: tablet.lastToken }]
        : []
      return [
        {
          labels: [...arrives(shard, table.base, sstable, [row], isBuilding ? sstable : null), ...queued],
          writes: [...come, write(cells.arrived, arrived + 1)]
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
