/** What group 0 says after a step of a topology request: it is asked for, taken in hand, goes on, goes back, ends. Dossier 3.5. */
import { SessionId } from "../../../spec/sessions/ids.ts"
import {
  type Metadata,
  type NodeId,
  type Position,
  type Topology,
  type TopologyKind,
  type TopologyRequest,
  TopologyRequestId,
  type TopologyStage
} from "../../../spec/sessions/metadata.ts"
import { type Current, topologyOf } from "../ring.ts"
import { freshSession, raised } from "./changes.ts"

/** The same with something else of the global track. Whoever is dirty or an owner changes routing, so the version rises. */
const withTopology = (metadata: Metadata, session: SessionId | null, topology: Partial<Topology>): Metadata => ({
  ...raised(metadata),
  session,
  topology: { ...topologyOf(metadata), ...topology }
})

const firstStages: Readonly<Record<TopologyKind, TopologyStage>> = {
  join: "write_both_read_old",
  leave: "write_both_read_old",
  remove: "write_both_read_old",
  rebuild: "rebuilding",
  truncate: "truncate_table",
  snapshot: "snapshot_tables"
}

/** Whether a request changes who owns the ring, or may. */
export const isOfRing = ({ kind }: TopologyRequest): boolean => kind !== "truncate" && kind !== "snapshot"

/** A name that no request has had, for at most one command is effective at a position. */
export const requestName = (about: string, seen: Position): TopologyRequestId =>
  TopologyRequestId.make(`${about}@${seen}`)

/** A request is put at the end of the queue. Its session is not set before it is taken in hand (M46). */
export const queued = (metadata: Metadata, request: TopologyRequest): Metadata =>
  withTopology(metadata, metadata.session, { queue: [...topologyOf(metadata).queue, request] })

/**
 * The first request of the queue is taken in hand, and gets its session: a truncation and a snapshot one of their own name, the
 * others one of the command that begins them. A node that joins is a member from here on.
 */
export const takenUp = (metadata: Metadata, request: TopologyRequest, seen: Position): Metadata => {
  const { queue } = topologyOf(metadata)
  const session = isOfRing(request) ? freshSession(request.request, seen) : SessionId.make(request.request)
  const current: Current = { ...request, stage: firstStages[request.kind], failed: false }
  const begun = withTopology(metadata, session, { queue: queue.slice(1), current })
  return request.kind === "join" && request.node !== null ? { ...begun, nodes: joined(metadata, request.node) } : begun
}

const joined = ({ nodes }: Metadata, node: NodeId): ReadonlyArray<NodeId> => [...new Set([...nodes, node])].sort()

/** The first request of the queue is over without having been begun, for it cannot be done any more. */
export const turnedDown = (metadata: Metadata, { request }: TopologyRequest): Metadata => {
  const { queue, over } = topologyOf(metadata)
  return withTopology(metadata, metadata.session, { queue: queue.slice(1), over: [...over, { request, ok: false }] })
}

/** The request in hand goes on to another stage. Its session goes in the same command, for what is done under it is over. */
export const wentOn = (metadata: Metadata, current: Current, stage: TopologyStage, failed = current.failed): Metadata =>
  withTopology(metadata, null, { current: { ...current, stage, failed } })

/** The request in hand is over. A node that has left, or has failed to join, is no member any more. */
export const finished = (metadata: Metadata, current: Current): Metadata => {
  const { owners, over } = topologyOf(metadata)
  const { request, kind, node, failed } = current
  const ended = { current: null, over: [...over, { request, ok: !failed }] }
  if (kind === "rebuild" || !isOfRing(current)) return withTopology(metadata, null, ended)
  const goes = kind === "join" ? failed : !failed
  const nodes = goes ? metadata.nodes.filter((other) => other !== node) : metadata.nodes
  const next = { ...ended, owners: failed ? owners : current.owners, dirty: dirtied(metadata, current, nodes) }
  return { ...withTopology(metadata, null, next), nodes }
}

/** Members that must drop what came to them in vain, or what they have handed over. */
const dirtied = (metadata: Metadata, current: Current, members: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => {
  const { owners, dirty } = topologyOf(metadata)
  const [lost, kept] = current.failed ? [current.owners, owners] : [owners, current.owners]
  const strays = lost.filter((node) => !kept.includes(node) && members.includes(node))
  return [...new Set([...dirty, ...strays])].sort()
}

/** A node has dropped what it does not own. */
export const cleaned = (metadata: Metadata, node: NodeId): Metadata => {
  const { dirty } = topologyOf(metadata)
  return withTopology(metadata, metadata.session, { dirty: dirty.filter((other) => other !== node) })
}
