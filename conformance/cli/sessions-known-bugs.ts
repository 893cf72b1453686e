/** Clusters that have a known bug. Each check finds it again, which shows that the checks can find something. */
import { restoreAsShipped } from "../adapters/sessions-cluster/as-shipped.ts"
import { clusterAdapter } from "../adapters/sessions-cluster/index.ts"
import { startUnfenced } from "../adapters/sessions-cluster/unfenced.ts"
import { threeNodes } from "../kit/sessions/cluster/cluster-setups.ts"
import { known } from "./known-failure.ts"
import type { RoleCheck } from "./role-check.ts"
import { clusterCheck } from "./sessions-cluster-check.ts"

/** Where restores are cut off by their connection while a replica still writes, the rest of what clusters do is rare. */
const restoring: Readonly<Record<string, number>> = {
  "operator restores": 20,
  "operator moves a tablet": 2,
  "a connection breaks": 10,
  "somebody will stop": 14,
  "whoever stopped goes on": 1,
  "is held back": 2,
  "is lost": 6
}

/** The fence switched off, and restores as they ship: they end without a barrier (Q3). */
export const sessionsKnownBugs: ReadonlyArray<RoleCheck> = [
  known(
    clusterCheck(
      clusterAdapter("a cluster without its fence", (parts) => parts, startUnfenced),
      "without its fence",
      threeNodes,
      200
    )
  ),
  known(
    clusterCheck(
      clusterAdapter("restore as shipped", restoreAsShipped),
      "with restore as shipped",
      threeNodes,
      300,
      restoring
    )
  )
]
