/** Our clusters on their way to group 0, each in this process, let loose under random orders and faults and judged by every law. */
import { Schema } from "effect"
import { NodeId } from "../../spec/metadata.ts"
import { upgradeLaws } from "../../spec/raft-upgrade/laws.ts"
import { clusterAdapter } from "../adapters/raft-upgrade-cluster/index.ts"
import { checkCluster, clusterToken, replayCluster } from "../kit/raft-upgrade/cluster/check-cluster.ts"
import { threeNodes, threeNodesBefore } from "../kit/raft-upgrade/cluster/cluster-setups.ts"
import type { ClusterAdapter, ClusterSetup } from "../kit/raft-upgrade/cluster/cluster-under-test.ts"
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
    const { labels, broken } = await replayCluster(adapter, decode(replay.setting), replay.steps)
    if (broken.length === 0) return { _tag: "Agreed" }
    const actual = broken.map(({ law, why }) => `${law}: ${why}`)
    const story = [{ rule: "cluster", actor: "cluster", labels }]
    const divergence = {
      implementation: adapter.name,
      role: "raft-upgrade/cluster",
      relation: "laws" as const,
      story,
      expected: [],
      actual
    }
    return { _tag: "Diverged", same: actual.join() === replay.actual.join(), divergence }
  }
})

export const raftUpgradeClusterChecks: ReadonlyArray<RoleCheck> = [
  clusterCheck(clusterAdapter(), "of three nodes", threeNodes, 30),
  clusterCheck(clusterAdapter(), "of three nodes, switched on one by one", threeNodesBefore, 15)
]
