/** Our clusters that build views, in process. */
import type { ClusterAdapter } from "../../kit/view-building/cluster/cluster-under-test.ts"
import { LocalCluster, type Tamper } from "./local-cluster.ts"

/** An adapter for a cluster of our nodes, or of nodes built from parts that were tampered with. */
export const clusterAdapter = (name = "portcullis", tamper: Tamper = (parts) => parts): ClusterAdapter => ({
  name,
  way: "in process",
  start: async (setup) => {
    const cluster = new LocalCluster(setup, tamper)
    await cluster.begin()
    return cluster
  }
})
