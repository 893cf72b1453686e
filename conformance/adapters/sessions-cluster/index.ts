/** Our clusters, in process. */

import { startNode } from "../../../impl/sessions/node/start-node.ts"
import type { ClusterAdapter } from "../../kit/sessions/cluster/cluster-under-test.ts"
import { LocalCluster, type Tamper } from "./local-cluster.ts"
import type { Start } from "./start-with-registries.ts"

/** An adapter for a cluster of our nodes, or of nodes built from parts that were tampered with, or in another way. */
export const clusterAdapter = (
  name = "portcullis",
  tamper: Tamper = (parts) => parts,
  start: Start = startNode
): ClusterAdapter => ({
  name,
  way: "in process",
  start: async (setup) => {
    const cluster = new LocalCluster(setup, tamper, start)
    await cluster.begin()
    return cluster
  }
})
