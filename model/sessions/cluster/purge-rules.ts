/** Compaction: a replica forgets a tombstone that a repair has brought to every replica, and all that it covers. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { pendingReplica } from "../../../spec/sessions/metadata.ts"
import { view, write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { tabletName } from "./names.ts"
import { tabletOf } from "./operations.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

/** Enabled when the last repair that reached everybody is the one that brought this replica what it has. Never on a pending replica. */
export const purgeRules = (cells: ClusterCells, variant: Variant, node: NodeCells): ReadonlyArray<Rule<ClusterLabel>> =>
  node.shards.map((own) => {
    const local = view(own.shard, "tablet", ({ metadata }) => tabletOf(metadata, tabletName) ?? null)
    return on(
      `${node.name}.${own.id} purges`,
      { actor: node.name, fair: "none", reads: [local, own.rows, own.repaired, cells.mayPurge] },
      (tablet, stored, repaired, left): ReadonlyArray<Firing<ClusterLabel>> => {
        if (left === 0 || repaired === null || tablet === null || tablet.repaired !== repaired.session) return []
        const pending = pendingReplica(tablet)
        if (pending?.node === node.name && variant.purgeOnPending === "no") return []
        return stored
          .filter(({ value, timestamp }) => value === null && timestamp <= repaired.upTo)
          .map(({ timestamp }) => ({
            labels: [{ _tag: "Purged", node: node.name, shard: own.id, tablet: tabletName, before: timestamp + 1 }],
            writes: [
              write(
                own.rows,
                stored.filter((row) => row.timestamp > timestamp)
              ),
              write(cells.mayPurge, "spend")
            ]
          }))
      }
    )
  })
