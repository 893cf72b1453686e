/** Somebody else's operation, which has nothing to do with the tablet: it comes in, and never leaves. */

import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { WorkId } from "../../../spec/sessions/messages.ts"
import { write } from "../../kernel/cell.ts"
import { type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { unrelatedGuard, unrelatedSession } from "./names.ts"
import { asking } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

/** One shard of each node admits it, once group 0 has been heard to name its session. */
export const unrelatedRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> => {
  const own = node.shards[0]!
  return [
    on(
      `${node.name} admits unrelated work`,
      { actor: node.name, fair: "none", reads: [own.shard, cells.position] },
      (shard, at) => {
        if (at === 0 || shard.registry.held.some(({ guard }) => guard === unrelatedGuard)) return []
        const asked = asking(variant, shard, { _tag: "Enter", session: unrelatedSession, guard: unrelatedGuard })
        if (asked.refused !== null) return []
        const work = WorkId.make("unrelated work")
        return [
          {
            labels: [{ _tag: "Entered", node: node.name, shard: own.id, session: unrelatedSession, work }],
            writes: [write(own.shard, asked.shard)]
          }
        ]
      }
    )
  ]
}
