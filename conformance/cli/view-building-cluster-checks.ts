/** Our coordinator of view building alone and in lockstep with its model, and our clusters, let loose and judged by every law. */
import { Schema } from "effect"
import type { StoryStep } from "../../model/explorer/errors.ts"
import { NodeId } from "../../spec/metadata.ts"
import type { ViewBuildingLabel } from "../../spec/view-building/labels.ts"
import { buildingLaws, coordinatorLaws, groupZeroLaws } from "../../spec/view-building/laws.ts"
import { Table } from "../../spec/view-building/metadata.ts"
import { coordinatorAdapter } from "../adapters/view-building-cluster/coordinator.ts"
import { clusterAdapter } from "../adapters/view-building-cluster/index.ts"
import { checkRole } from "../kit/check-role.ts"
import type { Divergence } from "../kit/divergence.ts"
import type { RoleResult } from "../kit/role-result.ts"
import { stage } from "../kit/stage.ts"
import { encodeToken, replayOn } from "../kit/token.ts"
import { checkCluster, clusterToken, replayCluster } from "../kit/view-building/cluster/check-cluster.ts"
import { threeNodes, threeNodesOfOneShard } from "../kit/view-building/cluster/cluster-setups.ts"
import type { ClusterAdapter, ClusterSetup } from "../kit/view-building/cluster/cluster-under-test.ts"
import { coordinatorGraph } from "../kit/view-building/cluster/coordinator-ground.ts"
import type { CoordinatorLabel, CoordinatorSaid } from "../kit/view-building/cluster/coordinator-messages.ts"
import { roomy } from "../kit/view-building/cluster/coordinator-orders.ts"
import { type CoordinatorAdapter, coordinatorPart as part } from "../kit/view-building/cluster/coordinator-part.ts"
import { replayedCluster } from "./replayed-cluster.ts"
import type { RoleCheck } from "./role-check.ts"
import { replayedRole, roleRow, walksOf } from "./role-row.ts"

/** A setting comes from outside with a replay, and may be anything. */
const ClusterSetting = Schema.Struct({
  nodes: Schema.Array(NodeId),
  shards: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })),
  tables: Schema.Array(Table)
})

const CoordinatorSetting = Schema.Struct({
  variant: Schema.Record(Schema.String, Schema.String),
  scenery: Schema.Literals(["roomy", "narrow"])
})
type CoordinatorSetting = typeof CoordinatorSetting.Type

const decode = Schema.decodeUnknownSync(ClusterSetting)

/** The row of clusters of one adapter in one setup. */
export const clusterCheck = (
  adapter: ClusterAdapter,
  environment: string,
  setup: ClusterSetup,
  runs: number
): RoleCheck => ({
  protocol: "view-building",
  role: "cluster",
  environment,
  way: adapter.way,
  implementation: adapter.name,
  runs,
  check: async (effort) => {
    const result = await checkCluster({ adapter, setup, ...walksOf(effort) })
    return roleRow(result, environment, buildingLaws, clusterToken(result, setup))
  },
  replay: async (replay) => {
    const outcome = await replayCluster(adapter, decode(replay.setting), replay.steps)
    return replayedCluster(adapter.name, "view-building/cluster", outcome, replay)
  }
})

type CoordinatorDivergence = Divergence<CoordinatorLabel, CoordinatorSaid>

/** What others see of a coordinator: what it was given is told in words of its own, and a story has none of them. */
const seen = <A extends { readonly story: ReadonlyArray<StoryStep<CoordinatorLabel>> }>(told: A) => ({
  ...told,
  story: told.story.map((step) => ({
    ...step,
    labels: step.labels.filter((label): label is ViewBuildingLabel => label._tag !== "CoordinatorStep")
  }))
})

const seenResult = ({
  divergence,
  laws,
  ...result
}: RoleResult<CoordinatorLabel, CoordinatorSaid>): RoleResult<ViewBuildingLabel, CoordinatorSaid> => ({
  ...result,
  laws: laws.map(({ story, ...law }) => (story === undefined ? law : seen({ ...law, story }))),
  ...(divergence === undefined ? {} : { divergence: seen<CoordinatorDivergence>(divergence) })
})

/** The row of a coordinator alone, played by one adapter. */
export const coordinatorCheck = (adapter: CoordinatorAdapter, runs: number): RoleCheck => {
  const setting: CoordinatorSetting = { variant: {}, scenery: "roomy" }
  const laws = [...groupZeroLaws, ...coordinatorLaws]
  return {
    protocol: "view-building",
    role: "coordinator",
    environment: "",
    way: adapter.way,
    implementation: adapter.name,
    runs,
    check: async (effort) => {
      const graph = coordinatorGraph(setting)
      const { system } = graph
      const result = await checkRole({ system, part, graph, adapter, maxCommands: 120, ...walksOf(effort) })
      const { protocol, role, way, implementation, divergence, steps } = result
      const token =
        divergence === undefined || steps === undefined
          ? undefined
          : encodeToken({ protocol, role, way, implementation, setting, steps, ...divergence.told })
      return roleRow(seenResult(result), "", laws, token)
    },
    replay: async (replay) => {
      const graph = coordinatorGraph(Schema.decodeUnknownSync(CoordinatorSetting)(replay.setting))
      const result = await replayOn(stage(graph, part, adapter), replay)
      return replayedRole(
        "divergence" in result ? { ...result, divergence: seen<CoordinatorDivergence>(result.divergence) } : result,
        laws
      )
    }
  }
}

export const viewBuildingClusterChecks: ReadonlyArray<RoleCheck> = [
  coordinatorCheck(coordinatorAdapter(roomy), 40),
  clusterCheck(clusterAdapter(), "of three nodes", threeNodes, 20),
  clusterCheck(clusterAdapter(), "of three nodes with one shard", threeNodesOfOneShard, 10)
]
