/** Which topology requests an operator may ask for, and whether one that was asked for can still be done. */
import type {
  Metadata,
  NodeId,
  TabletId,
  TopologyKind,
  TopologyRequest,
  TopologyRequestId
} from "../../../spec/sessions/metadata.ts"
import { range, tabletIn, topologyOf } from "../ring.ts"
import type { Change } from "./changes.ts"
import { isOfRing, queued, requestName } from "./topology-changes.ts"

/** How the ring is to change. */
export interface RingChange {
  readonly kind: Exclude<TopologyKind, "truncate" | "snapshot">
  readonly node: NodeId
  /** Who owns the range afterwards. */
  readonly owners: ReadonlyArray<NodeId>
  readonly byRepair: boolean
}

/** Puts a request into the queue. `named` hears what it is called, each time that the change is computed. */
type Asking = (named: (request: TopologyRequestId) => void) => Change

/** A truncation or a snapshot of a tablet, or of the ring's range. */
export const tableRequest =
  (kind: "truncate" | "snapshot", name: TabletId): Asking =>
  (named) =>
  ({ at, metadata }) => {
    const request = requestName(`${kind}-${name}`, at)
    const of = name === range ? {} : { tablet: name }
    const asked: TopologyRequest = {
      request,
      kind,
      node: null,
      owners: topologyOf(metadata).owners,
      byRepair: false,
      ...of
    }
    const why = obstacle(metadata, asked)
    if (why !== undefined) return why
    named(request)
    return queued(metadata, asked)
  }

/** A node joins, leaves, is removed or rebuilt. Only one such request is asked for at a time: each names all owners. */
export const ringRequest =
  (change: RingChange): Asking =>
  (named) =>
  ({ at, metadata }) => {
    const request = requestName(`${change.kind}-${change.node}`, at)
    const asked: TopologyRequest = { request, ...change, owners: [...change.owners].sort() }
    const { current, queue } = topologyOf(metadata)
    if ([current, ...queue].some((other) => other !== null && isOfRing(other))) return "the ring is being changed"
    const why = obstacle(metadata, asked)
    if (why !== undefined) return why
    named(request)
    return queued(metadata, asked)
  }

/** An owner is rebuilt; the owners stay. */
export const rebuildRequest =
  (node: NodeId, byRepair: boolean): Asking =>
  (named) =>
  (seen) =>
    ringRequest({ kind: "rebuild", node, owners: topologyOf(seen.metadata).owners, byRepair })(named)(seen)

/** Why a request cannot be done as group 0 stands, if it cannot. */
export const obstacle = (metadata: Metadata, request: TopologyRequest): string | undefined => {
  const { kind, node, tablet = range } = request
  if (!isOfRing(request)) return tabletIn(metadata, tablet) === undefined ? `there is no tablet ${tablet}` : undefined
  if (node === null) return `nobody is named to ${kind}`
  return nodeObstacle(metadata, request, node) ?? ownersObstacle(metadata, request, node)
}

const nodeObstacle = (
  { nodes, ignored, tablets }: Metadata,
  { kind }: TopologyRequest,
  node: NodeId
): string | undefined => {
  const isMember = nodes.includes(node)
  const isDead = ignored.includes(node)
  if (kind === "join" && isMember) return `${node} is a member already`
  if (kind !== "join" && !isMember) return `there is no node ${node}`
  if (kind === "remove" && !isDead) return `${node} is not declared dead`
  if (kind !== "remove" && isDead) return `${node} is declared dead`
  const kept = tablets.find(({ replicas }) => replicas.some((replica) => replica.node === node))
  const goes = kind === "leave" || kind === "remove"
  return goes && kept !== undefined ? `${node} has a replica of ${kept.tablet}` : undefined
}

const ownersObstacle = (
  metadata: Metadata,
  { kind, owners: next }: TopologyRequest,
  node: NodeId
): string | undefined => {
  const { owners } = topologyOf(metadata)
  const coming = next.filter((owner) => !owners.includes(owner))
  const strange = coming.find((owner) => owner !== node && !metadata.nodes.includes(owner))
  const dead = coming.find((owner) => metadata.ignored.includes(owner))
  if (owners.length === 0) return "nobody owns the ring"
  if (next.length === 0 || new Set(next).size !== next.length) return "owners must be named, each once"
  if (strange !== undefined) return `there is no node ${strange}`
  if (dead !== undefined) return `${dead} is declared dead`
  if (coming.length > 1) return "at most one owner can come at a time"
  if (kind === "rebuild") {
    if (!owners.includes(node)) return `${node} owns nothing`
    return coming.length > 0 || next.length !== owners.length ? "a rebuild changes no owners" : undefined
  }
  if (kind === "join") return next.includes(node) ? undefined : `${node} is to own nothing`
  return next.includes(node) ? `${node} is to go, and to own the range` : undefined
}
