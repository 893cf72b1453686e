/** Workers as they are: the role of a shard's worker, its node's observer and registrator, and what it holds of bases. */
import type { WorkerVariant } from "../../worker/variant.ts"
import type { Bounds } from "../bounds.ts"
import type { Staffing } from "../staffing.ts"
import { workerNodes } from "./cells.ts"
import { staffRules } from "./staff-rules.ts"

export const workerStaff = (bounds: Bounds, variant: WorkerVariant): Staffing => {
  const nodes = workerNodes(bounds, variant)
  return {
    nodes,
    cells: nodes.flatMap(({ node, shards }) => [
      node,
      ...shards.flatMap(({ shard, store, calls }) => [shard, store, calls])
    ]) as Staffing["cells"],
    rules: (setting) => staffRules(setting, nodes, variant)
  }
}
