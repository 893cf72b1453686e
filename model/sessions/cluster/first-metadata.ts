/** What group 0 says at the beginning. */
import { type Metadata, NodeId, type Replica, ShardId, type Tablet, Version } from "../../../spec/sessions/metadata.ts"
import type { Bounds } from "./bounds.ts"
import { neighbourName, otherHalf, sharingNames, tabletName, unrelatedSession } from "./names.ts"

/**
 * A replica by its name: `A.0` is on shard 0 of A, and `A` on its last shard, so that what comes in on the first has to be
 * handed over.
 */
export const replicaOn = ({ shards }: Bounds, name: string): Replica => {
  const [node = name, shard = `${shards - 1}`] = name.split(".")
  return { node: NodeId.make(node), shard: ShardId.make(Number(shard)) }
}

/**
 * Nothing goes on with the tablet. Another operation may be going on, under the topology's session, and another tablet may be
 * about to end its transition, with two barriers still to come.
 */
export const firstMetadata = (bounds: Bounds): Metadata => {
  const replicas = bounds.replicas.map((name) => replicaOn(bounds, name))
  const neighbour: Tablet = {
    tablet: neighbourName,
    replicas,
    transition: { kind: "rebuild", stage: "use_new", next: replicas, session: null }
  }
  return {
    version: Version.make(1),
    fence: Version.make(1),
    session: bounds.unrelated ? unrelatedSession : null,
    nodes: bounds.nodes.map((node) => NodeId.make(node)),
    ignored: (bounds.ghosts ?? []).map((node) => NodeId.make(node)),
    tablets: [
      {
        tablet: tabletName,
        replicas,
        transition: null,
        ...(bounds.colocated === undefined ? {} : { colocated: sharingNames(bounds.colocated) })
      },
      ...(bounds.resize === "merge" ? [{ tablet: otherHalf, replicas, transition: null }] : []),
      ...(bounds.neighbour === true ? [neighbour] : [])
    ]
  }
}
