/** What group 0 says at the beginning. */
import { type Metadata, NodeId, type Replica, ShardId, type Tablet, Version } from "../../../spec/sessions/metadata.ts"
import type { Bounds } from "./bounds.ts"
import { tabletName, unrelatedSession, unrelatedTablet } from "./names.ts"

/**
 * A replica by its name: `A.0` is on shard 0 of A, and `A` on its last shard, so that what comes in on the first has to be
 * handed over.
 */
export const replicaOn = ({ shards }: Bounds, name: string): Replica => {
  const [node = name, shard = `${shards - 1}`] = name.split(".")
  return { node: NodeId.make(node), shard: ShardId.make(Number(shard)) }
}

/** Nothing goes on, or what the bounds begin with, and perhaps a stream of another tablet. */
export const firstMetadata = (bounds: Bounds): Metadata => {
  const replicas = bounds.replicas.map((node) => replicaOn(bounds, node))
  const unrelated: Tablet = {
    tablet: unrelatedTablet,
    replicas,
    transition: { kind: "repair", stage: "repair", next: replicas, session: unrelatedSession }
  }
  return {
    version: Version.make(1),
    fence: Version.make(1),
    session: null,
    nodes: bounds.nodes.map((node) => NodeId.make(node)),
    ignored: [],
    tablets: [{ tablet: tabletName, replicas, transition: null }, ...(bounds.unrelated ? [unrelated] : [])]
  }
}
