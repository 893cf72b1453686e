/**
 * A cluster that takes a tablet through its transitions: group 0, coordinators, nodes with shards, streams, and what goes wrong.
 *
 * Source: dossier sessions 1 to 3.
 */

import type { Law } from "../../../spec/law.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { electionRules } from "../../group0/elections.ts"
import type { System } from "../../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import { clusterCells, listed } from "./cells.ts"
import { commandRules } from "./command-rules.ts"
import { coordinatorRules, electionsOf } from "./coordinator-rules.ts"
import { crashRules } from "./crash-rules.ts"
import { deedRules } from "./deed-rules.ts"
import { faultRules } from "./fault-rules.ts"
import { group0Rules } from "./group0-rules.ts"
import { hintRules, keepingRules } from "./hint-rules.ts"
import { operationRules } from "./operation-rules.ts"
import { operatorRules } from "./operator-rules.ts"
import { purgeRules } from "./purge-rules.ts"
import { quietOutside } from "./quiet.ts"
import { requestRules } from "./request-rules.ts"
import { servingRules } from "./serving-rules.ts"
import { shutdownRules } from "./shutdown-rules.ts"
import { unheardRules } from "./unheard-rules.ts"
import { unrelatedRules } from "./unrelated-rules.ts"
import type { Variant } from "./variant.ts"
import { workRules } from "./work-rules.ts"

/** The system of a variant within bounds, judged by the given laws. */
export const cluster = (
  variant: Variant,
  bounds: Bounds,
  laws: ReadonlyArray<Law<ClusterLabel>>
): System<ClusterLabel> => {
  const cells = clusterCells(bounds)
  return {
    name: "sessions cluster",
    cells: listed(cells),
    rules: [
      ...quietOutside(cells, bounds, operatorRules(cells, bounds)),
      ...coordinatorRules(cells, variant, bounds),
      ...quietOutside(cells, bounds, bounds.failovers > 0 ? electionRules(electionsOf(cells)) : []),
      ...((bounds.unheard ?? 0) > 0 ? quietOutside(cells, bounds, unheardRules(cells, variant)) : []),
      ...group0Rules(cells, variant, bounds),
      ...cells.nodes.flatMap((node) => [
        ...(bounds.unrelated ? unrelatedRules(cells, variant, node) : []),
        ...commandRules(cells, variant, node),
        ...operationRules(cells, variant, node),
        ...deedRules(cells, variant, node),
        ...crashRules(cells, variant, node),
        ...workRules(cells, variant, bounds, node),
        ...(bounds.requests.length > 0 ? servingRules(cells, variant, node) : []),
        ...quietOutside(cells, bounds, bounds.purges > 0 ? purgeRules(cells, variant, node) : [])
      ]),
      ...requestRules(cells, variant, bounds),
      ...hintRules(cells, variant, bounds),
      ...quietOutside(cells, bounds, keepingRules(cells)),
      ...quietOutside(cells, bounds, faultRules(cells, variant, bounds)),
      ...((bounds.shutdowns ?? 0) > 0
        ? quietOutside(
            cells,
            bounds,
            cells.nodes.flatMap((node) => shutdownRules(cells, node))
          )
        : [])
    ],
    laws,
    observables: {}
  }
}
