/** Where things are: a shard of a node as one name, and which nodes count. */
import { type NodeId, placeOf, type Replica } from "../../metadata.ts"
import type { ClusterLabel } from "../labels.ts"

export { placeOf } from "../../metadata.ts"

export const placesOf = (replicas: ReadonlyArray<Replica>): ReadonlyArray<string> => replicas.map(placeOf).sort()

/** The nodes that the operator has declared dead, after a label. */
export const afterIgnored = (ignored: ReadonlyArray<NodeId>, label: ClusterLabel): ReadonlyArray<NodeId> =>
  label._tag === "Committed" ? label.metadata.ignored : ignored

/** The node that lost all it had not on disk in this step, whether it comes back or not. */
export const fallenNode = (label: ClusterLabel): NodeId | undefined =>
  label._tag === "Restarted" || label._tag === "Stopped" ? label.node : undefined

/** How many of a number are more than a half of it. */
export const majority = (count: number): number => Math.floor(count / 2) + 1
