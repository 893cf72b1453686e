/** Plain workers: the least that coordinators need, for scopes in which everything else is whole. Source: dossier view-building 2.3. */
import type { Bounds } from "../bounds.ts"
import type { Staffing } from "../staffing.ts"
import { plainNodes } from "./cells.ts"
import { plainFaultRules } from "./fault-rules.ts"
import { registeringRules } from "./registering.ts"
import { workerRules } from "./worker-rules.ts"

export const plainStaff = (bounds: Bounds): Staffing => {
  const nodes = plainNodes(bounds)
  return {
    nodes,
    cells: [
      ...nodes.flatMap(({ isUp, built }) => [isUp, built]),
      ...nodes.flatMap(({ shards }) => shards.flatMap(({ worker, calls, data }) => [worker, calls, data]))
    ] as Staffing["cells"],
    rules: (setting) => [
      ...workerRules(setting, nodes),
      ...registeringRules(setting, nodes),
      ...plainFaultRules(setting, nodes)
    ]
  }
}
