/** Clusters to be checked. */
import { NodeId, type Replica, ShardId } from "../../../../spec/metadata.ts"
import { TableId, Token } from "../../../../spec/view-building/ids.ts"
import type { Table, Tablet } from "../../../../spec/view-building/metadata.ts"
import type { ClusterSetup } from "./cluster-under-test.ts"

/** A replica by its name, such as `A.0`. */
export const replicaAt = (name: string): Replica => {
  const [node = "", shard = "0"] = name.split(".")
  return { node: NodeId.make(node), shard: ShardId.make(Number(shard)) }
}

export const tabletOn = (lastToken: number, ...replicas: ReadonlyArray<string>): Tablet => ({
  lastToken: Token.make(lastToken),
  replicas: replicas.map(replicaAt),
  transition: null
})

export const tableOf = (name: string, ...tablets: ReadonlyArray<Tablet>): Table => ({
  base: TableId.make(name),
  views: [],
  tablets
})

const nodes = ["A", "B", "C"].map((name) => NodeId.make(name))

/** Three nodes of two shards: a base of two tablets, of which the second may move between shards, and one of one tablet. */
export const threeNodes: ClusterSetup = {
  nodes,
  shards: 2,
  tables: [tableOf("t", tabletOn(4, "A.0", "B.0"), tabletOn(9, "B.1", "C.0")), tableOf("u", tabletOn(9, "A.1", "C.1"))]
}

/** Three nodes of one shard, so that everything that a node is asked for comes to the same worker. */
export const threeNodesOfOneShard: ClusterSetup = {
  nodes,
  shards: 1,
  tables: [tableOf("t", tabletOn(4, "A.0", "B.0"), tabletOn(9, "B.0", "C.0"))]
}
