/** Our clusters on their way to group 0, each in this process, let loose under random orders and faults and judged by every law. */
import { Schema } from "effect"
import { NodeId } from "../../spec/metadata.ts"
import { upgradeLaws } from "../../spec/raft-upgrade/laws.ts"
import { clusterAdapter } from "../adapters/raft-upgrade-cluster/index.ts"
import { checkCluster, clusterToken, replayCluster } from "../kit/raft-upgrade/cluster/check-cluster.ts"
import { threeNodes, threeNodesBefore } from "../kit/raft-upgrade/cluster/cluster-setups.ts"
import type { ClusterAdapter, ClusterSetup } from "../kit/raft-upgrade/cluster/cluster-under-test.ts"
import { replayedCluster } from "./replayed-cluster.ts"
import type { RoleCheck } from "./role-check.ts"
import { roleRow, walksOf } from "./role-row.ts"

/** A setting comes from outside with a replay, and may be anything. */
const decode = Schema.decodeUnknownSync(Schema.Struct({ nodes: Schema.Array(NodeId), supports: Schema.Boolean }))

const maxCommands = 100

/** The row of clusters of one adapter in one setup. */
export const clusterCheck = (
  adapter: ClusterAdapter,
  environment: string,
  setup: ClusterSetup,
  runs: number
): RoleCheck => ({
  protocol: "raft-upgrade",
  role: "cluster",
  environment,
  way: adapter.way,
  implementation: adapter.name,
  runs,
  check: async (effort) => {
    const result = await checkCluster({ adapter, setup, maxCommands, ...walksOf(effort) })
    return roleRow(result, environment, upgradeLaws, clusterToken(result, setup))
  },
  replay: async (replay) => {
    const outcome = await replayCluster(adapter, decode(replay.setting), replay.steps)
    return replayedCluster(adapter.name, "raft-upgrade/cluster", outcome, replay)
  }
})

export const raftUpgradeClusterChecks: ReadonlyArray<RoleCheck> = [
  clusterCheck(clusterAdapter(), "of three nodes", threeNodes, 30),
  clusterCheck(clusterAdapter(), "of three nodes, switched on one by one", threeNodesBefore, 15)
]
