/** Checking whole clusters on their way to group 0: random runs judged by every law, and the shortest story of the first law broken. */
import type { RaftUpgradeLabel } from "../../../../spec/raft-upgrade/labels.ts"
import { upgradeLaws } from "../../../../spec/raft-upgrade/laws.ts"
import { ClusterChecker, type ClusterCheckOptionsOf, type ClusterOutcomeOf } from "../../cluster/check-cluster.ts"
import { simplerSteps } from "../../cluster/event-kinds.ts"
import type { Step } from "../../part.ts"
import type { RoleResult } from "../../role-result.ts"
import { calm } from "./cluster-calm.ts"
import { kinds } from "./cluster-kinds.ts"
import { ClusterRun } from "./cluster-run.ts"
import { clusterRole, clusterStory } from "./cluster-story.ts"
import type { ClusterAdapter, ClusterSetup, RunningCluster } from "./cluster-under-test.ts"

const checker = new ClusterChecker({
  protocol: "raft-upgrade",
  role: clusterRole,
  laws: upgradeLaws,
  kinds,
  system: ({ nodes, supports }: ClusterSetup) => `${nodes.length} nodes${supports ? "" : " without group 0"}`,
  begin: (setup: ClusterSetup, cluster: RunningCluster) => new ClusterRun(setup, cluster),
  calm,
  story: clusterStory,
  simpler: simplerSteps
})

/** Lets `runs` clusters loose. Same seed, same result. */
export const checkCluster = (
  options: ClusterCheckOptionsOf<ClusterSetup, RunningCluster>
): Promise<RoleResult<RaftUpgradeLabel, never>> => checker.check(options)

/** The same steps again, leaving out those that are not possible where they stand. */
export const replayCluster = (
  adapter: ClusterAdapter,
  setup: ClusterSetup,
  steps: ReadonlyArray<Step>
): Promise<ClusterOutcomeOf<RaftUpgradeLabel>> => checker.replay(adapter, setup, steps)

/** The token that shows a result's story again, if it has one. */
export const clusterToken = (result: RoleResult<RaftUpgradeLabel, never>, setup: ClusterSetup): string | undefined =>
  checker.token(result, setup)
