/** A node falls over a trigger that it should have refused. There is such a rule only under a variant that makes it fall (M54b). */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { pendingReplica } from "../../../spec/sessions/metadata.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells, NodeCells } from "./cells.ts"
import { fallen } from "./fault-rules.ts"
import type { Triggered } from "./node-state.ts"
import { tabletOf } from "./operations.ts"
import type { Shard } from "./shard.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

export const crashRules = (
  cells: ClusterCells,
  variant: Variant,
  node: NodeCells
): ReadonlyArray<Rule<ClusterLabel>> =>
  variant.withoutPending === "refuses"
    ? []
    : [
        on(
          `${node.name} falls over a trigger`,
          { actor: node.name, fair: "weak", reads: [node.node, ...node.shards.map(({ shard }) => shard)] },
          (state, ...shards): ReadonlyArray<Firing<ClusterLabel>> =>
            state.triggers.some((trigger) => isForNobody(shards[0]!, trigger))
              ? [
                  {
                    labels: [{ _tag: "Stopped", node: node.name }],
                    writes: fallen(cells, node, state, false, shards)
                  }
                ]
              : []
        )
      ]

/** Whether a node is to stream a tablet of which its own metadata says that no replica is to be filled. */
const isForNobody = ({ loaded, at, metadata }: Shard, { operation, tablet, needs }: Triggered): boolean => {
  const known = tabletOf(metadata, tablet)
  return (
    loaded &&
    at >= needs &&
    operation === "stream" &&
    known?.transition?.stage === "streaming" &&
    pendingReplica(known) === undefined
  )
}
