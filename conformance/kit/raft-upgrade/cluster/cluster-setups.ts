/** Clusters to be checked. */
import { NodeId } from "../../../../spec/metadata.ts"
import type { ClusterSetup } from "./cluster-under-test.ts"

const nodes = ["A", "B", "C"].map((name) => NodeId.make(name))

/** Three nodes that set out for group 0 as they begin. */
export const threeNodes: ClusterSetup = { nodes, supports: true }

/** Three nodes of the time before group 0, which an operator restarts one by one with group 0 switched on. */
export const threeNodesBefore: ClusterSetup = { nodes, supports: false }
