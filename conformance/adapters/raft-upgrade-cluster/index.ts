/** Our clusters on their way to group 0, in process. */
import type { ClusterOptions } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import type { ClusterAdapter } from "../../kit/raft-upgrade/cluster/cluster-under-test.ts"
import { LocalCluster } from "./local-cluster.ts"

/** What is another way with the nodes of a cluster. */
export type Change = Pick<ClusterOptions, "upgrade" | "machinery" | "Node" | "leavesOut">

/** An adapter for a cluster of our nodes, or of nodes with something another way. */
export const clusterAdapter = (name = "portcullis", change: Change = {}): ClusterAdapter => ({
  name,
  way: "in process",
  start: (setup) => LocalCluster.begin(setup, change)
})
