/**
 * What is done under the topology's own session: vnode operations, truncations and rebuilds one at a time, and the cleanups after them.
 *
 * Source: dossier sessions 2.5, 2.6, 2.9 and 3.5. Group 0, shards, registries and barriers are the cluster's. A snapshot goes
 * the way of a truncation and a replace that of a join, so neither has a rule of its own.
 */
import type { Law } from "../../../spec/law.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { System } from "../../kernel/system.ts"
import { small as smallCluster } from "../cluster/bounds.ts"
import { commandRules } from "../cluster/command-rules.ts"
import { group0Rules } from "../cluster/group0-rules.ts"
import type { TopologyBounds } from "./bounds.ts"
import { listed, topologyCells } from "./cells.ts"
import { cleanupRules } from "./cleanup-rules.ts"
import { clientRules } from "./client-rules.ts"
import { globalRules, type Setting } from "./coordinator-rules.ts"
import { faultRules } from "./fault-rules.ts"
import { streamRules } from "./stream-rules.ts"
import type { TopologyVariant } from "./variant.ts"
import { workRules } from "./work-rules.ts"

/** The system of a variant within bounds, judged by the given laws. */
export const topologyOperations = (
  variant: TopologyVariant,
  bounds: TopologyBounds,
  laws: ReadonlyArray<Law<ClusterLabel>>
): System<ClusterLabel> => {
  const cells = topologyCells(bounds)
  const setting: Setting = { cells, variant, bounds }
  return {
    name: "sessions topology operations",
    cells: listed(cells),
    rules: [
      ...clientRules(setting),
      ...globalRules(setting),
      ...group0Rules(cells, variant.node, { ...smallCluster, skips: bounds.skips }),
      ...cells.nodes.flatMap((node) => [
        ...commandRules(cells, variant.node, node),
        ...streamRules(setting, node),
        ...workRules(setting, node),
        ...cleanupRules(setting, node)
      ]),
      ...faultRules(setting)
    ],
    laws,
    observables: {}
  }
}
