/** Whom requests go to in each stage, and which shards of a replica serve them. Source: locator/tablets.cc; dossier 2.7, 3.1, 3.2. */
import { type NodeId, pendingReplica, type Replica, type Tablet } from "../../../spec/sessions/metadata.ts"
import { selectors } from "../../../spec/sessions/selectors.ts"
import type { Consistency } from "../control.ts"

/** Whom a request goes to, and how many of them must have done it. */
export interface Targets {
  readonly nodes: ReadonlyArray<NodeId>
  readonly needed: number
}

const nodesOf = (replicas: ReadonlyArray<Replica>): ReadonlyArray<NodeId> => [
  ...new Set(replicas.map(({ node }) => node))
]

const needed = (consistency: Consistency, replicas: number): number => {
  if (consistency === "ONE") return 1
  return consistency === "ALL" ? replicas : Math.floor(replicas / 2) + 1
}

const replicasFor = (tablet: Tablet, which: "prev" | "next"): ReadonlyArray<Replica> =>
  which === "next" && tablet.transition !== null ? tablet.transition.next : tablet.replicas

/**
 * A write goes to a pending replica as well, and needs one more acknowledgement for it: so the consistency asked for holds in the
 * set as it was and in the set as it will be.
 */
export const writeTargets = (tablet: Tablet, consistency: Consistency): Targets => {
  const selector = tablet.transition === null ? "prev" : selectors[tablet.transition.stage].writes
  const natural = nodesOf(replicasFor(tablet, selector === "next" ? "next" : "prev"))
  const pending = selector === "both" ? pendingReplica(tablet)?.node : undefined
  // A tablet that moves between shards of a node stays on that node, which sees to both shards by itself.
  const extra = pending === undefined || natural.includes(pending) ? [] : [pending]
  return { nodes: [...natural, ...extra], needed: needed(consistency, natural.length) + extra.length }
}

export const readTargets = (tablet: Tablet, consistency: Consistency): Targets => {
  const nodes = nodesOf(replicasFor(tablet, readSelector(tablet)))
  return { nodes, needed: needed(consistency, nodes.length) }
}

const readSelector = (tablet: Tablet): "prev" | "next" =>
  tablet.transition === null ? "prev" : selectors[tablet.transition.stage].reads

/** The replicas that a node has of a tablet: as it was, and as it will be. */
const own = (tablet: Tablet, node: NodeId) => ({
  prev: tablet.replicas.filter((replica) => replica.node === node),
  next: (tablet.transition?.next ?? []).filter((replica) => replica.node === node)
})

/**
 * Where a node makes a write. While a tablet moves between nodes a node's shard is the same in every stage, so only a move
 * between shards has to ask for the selector.
 */
export const writeReplicas = (tablet: Tablet, node: NodeId): ReadonlyArray<Replica> => {
  const { prev, next } = own(tablet, node)
  if (tablet.transition?.kind !== "intranode_migration") return prev.length > 0 ? prev : next
  const selector = selectors[tablet.transition.stage].writes
  const later = next.filter(({ shard }) => !prev.some((replica) => replica.shard === shard))
  return selector === "both" ? [...prev, ...later] : selector === "next" ? next : prev
}

export const readReplicas = (tablet: Tablet, node: NodeId): ReadonlyArray<Replica> => {
  const { prev, next } = own(tablet, node)
  if (tablet.transition?.kind === "intranode_migration") return readSelector(tablet) === "next" ? next : prev
  return prev.length > 0 ? prev : next
}
