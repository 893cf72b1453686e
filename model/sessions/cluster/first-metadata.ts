/** What group 0 says at the beginning. */
import type { Metadata, NodeId, Replica, ShardId, Tablet, Version } from "../../../spec/sessions/metadata.ts"
import type { Bounds } from "./bounds.ts"
import { tabletName, unrelatedSession, unrelatedTablet } from "./names.ts"

/** A node's replica of the tablet: on its last shard, so that what comes in on the first has to be handed over. */
export const replicaOn = ({ shards }: Bounds, node: string): Replica => ({
  node: node as NodeId,
  shard: (shards - 1) as ShardId
})

/** Nothing goes on, or what the bounds begin with, and perhaps a stream of another tablet. */
export const firstMetadata = (bounds: Bounds): Metadata => {
  const replicas = bounds.replicas.map((node) => replicaOn(bounds, node))
  const unrelated: Tablet = {
    tablet: unrelatedTablet,
    replicas,
    transition: { kind: "repair", stage: "repair", next: replicas, session: unrelatedSession }
  }
  return {
    version: 1 as Version,
    fence: 1 as Version,
    session: null,
    nodes: bounds.nodes.map((node) => node as NodeId),
    ignored: [],
    tablets: [{ tablet: tabletName, replicas, transition: null }, ...(bounds.unrelated ? [unrelated] : [])]
  }
}
