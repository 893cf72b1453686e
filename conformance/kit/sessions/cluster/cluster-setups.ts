/** Clusters to be checked. */
import { NodeId, type Replica, ShardId, type Tablet, TabletId } from "../../../../spec/sessions/metadata.ts"
import type { ClusterSetup } from "./cluster-under-test.ts"

/** A replica by its name, such as `A.0`. */
export const replicaAt = (name: string): Replica => {
  const [node = "", shard = "0"] = name.split(".")
  return { node: NodeId.make(node), shard: ShardId.make(Number(shard)) }
}

export const tabletOn = (name: string, ...replicas: ReadonlyArray<string>): Tablet => ({
  tablet: TabletId.make(name),
  replicas: replicas.map(replicaAt),
  transition: null
})

/**
 * Three nodes of two shards: a tablet with two replicas, which may move to the third node, and one with three, which keeps a
 * quorum when a node is lost and can move between shards.
 */
export const threeNodes: ClusterSetup = {
  nodes: ["A", "B", "C"].map((name) => NodeId.make(name)),
  shards: 2,
  tablets: [tabletOn("t1", "A.0", "B.1"), tabletOn("t2", "A.1", "B.1", "C.0")],
  streamPath: "mutations"
}

/** The same, with a second table whose rows lie with those of the first tablet. */
export const threeNodesSharing: ClusterSetup = {
  ...threeNodes,
  tablets: threeNodes.tablets.map((row) => (row.tablet === "t1" ? { ...row, colocated: [TabletId.make("t1b")] } : row))
}

/** Three nodes with tablets of one table each, streamed as files. */
export const threeNodesWithFiles: ClusterSetup = { ...threeNodes, streamPath: "files" }
