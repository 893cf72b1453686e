/** Our clusters, each three nodes in this process, let loose under random orders and faults and judged by every law. */
import { Schema } from "effect"
import { clusterLaws } from "../../spec/sessions/laws.ts"
import { StreamPath } from "../../spec/sessions/messages.ts"
import { NodeId, Tablet } from "../../spec/sessions/metadata.ts"
import { clusterAdapter } from "../adapters/sessions-cluster/index.ts"
import { checkCluster, clusterToken, replayCluster } from "../kit/sessions/cluster/check-cluster.ts"
import { threeNodes, threeNodesWithFiles } from "../kit/sessions/cluster/cluster-setups.ts"
import type { ClusterAdapter, ClusterSetup } from "../kit/sessions/cluster/cluster-under-test.ts"
import { replayedCluster } from "./replayed-cluster.ts"
import type { RoleCheck } from "./role-check.ts"
import { roleRow, walksOf } from "./role-row.ts"

/** A setting comes from outside with a replay, and may be anything. */
const Setting = Schema.Struct({
  nodes: Schema.Array(NodeId),
  shards: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })),
  tablets: Schema.Array(Tablet),
  streamPath: StreamPath
})

const decode = Schema.decodeUnknownSync(Setting)

/** The row of clusters of one adapter in one setup; `weights` say how often a kind of step is drawn, by its rule. */
export const clusterCheck = (
  adapter: ClusterAdapter,
  environment: string,
  setup: ClusterSetup,
  runs: number,
  weights: Readonly<Record<string, number>> = {}
): RoleCheck => {
  return {
    protocol: "sessions",
    role: "cluster",
    environment,
    way: adapter.way,
    implementation: adapter.name,
    runs,
    check: async (effort) => {
      const result = await checkCluster({ adapter, setup, weights, ...walksOf(effort) })
      return roleRow(result, environment, clusterLaws, clusterToken(result, setup))
    },
    replay: async (replay) => {
      const outcome = await replayCluster(adapter, decode(replay.setting), replay.steps)
      return replayedCluster(adapter.name, "sessions/cluster", outcome, replay)
    }
  }
}

export const clusterChecks: ReadonlyArray<RoleCheck> = [
  clusterCheck(clusterAdapter(), "of three nodes", threeNodes, 40),
  clusterCheck(clusterAdapter(), "of three nodes, streaming files", threeNodesWithFiles, 20)
]
