/** What group 0 says at the beginning. */
import { type Metadata, NodeId, type Replica, ShardId, Version } from "../../../spec/sessions/metadata.ts"
import type { Bounds } from "./bounds.ts"
import { tabletName, unrelatedSession } from "./names.ts"

/**
 * A replica by its name: `A.0` is on shard 0 of A, and `A` on its last shard, so that what comes in on the first has to be
 * handed over.
 */
export const replicaOn = ({ shards }: Bounds, name: string): Replica => {
  const [node = name, shard = `${shards - 1}`] = name.split(".")
  return { node: NodeId.make(node), shard: ShardId.make(Number(shard)) }
}

/** Nothing goes on with the tablet. Another operation may be going on, under the topology's session. */
export const firstMetadata = (bounds: Bounds): Metadata => ({
  version: Version.make(1),
  fence: Version.make(1),
  session: bounds.unrelated ? unrelatedSession : null,
  nodes: bounds.nodes.map((node) => NodeId.make(node)),
  ignored: [],
  tablets: [{ tablet: tabletName, replicas: bounds.replicas.map((name) => replicaOn(bounds, name)), transition: null }]
})
