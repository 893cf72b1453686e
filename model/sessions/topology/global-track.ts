/** How group 0 changes when the request in hand goes on: it begins, leaves a stage, rolls back, ends. Source: dossier sessions 3.5. */
import { SessionId } from "../../../spec/sessions/ids.ts"
import type {
  Metadata,
  NodeId,
  Position,
  Topology,
  TopologyRequest,
  TopologyStage,
  Version
} from "../../../spec/sessions/metadata.ts"
import { freshSession } from "../cluster/fresh.ts"
import type { TopologyVariant } from "./variant.ts"

/** Group 0 with a global track. */
export type Ring = Metadata & { readonly topology: Topology }

export type Current = NonNullable<Topology["current"]>

/** Metadata of a system in which every command keeps the global track. */
export const ringOf = (metadata: Metadata): Ring => {
  const { topology } = metadata
  if (topology === undefined) throw new TypeError("group 0 says nothing about the global track")
  return { ...metadata, topology }
}

/** The same with something else, of a higher version. Versions below the last barrier's are fenced out by the same command. */
const changed = (ring: Ring, change: Partial<Ring>, topology: Partial<Topology>): Ring => ({
  ...ring,
  version: (ring.version + 1) as Version,
  ...change,
  topology: { ...ring.topology, ...topology }
})

/** A truncation is named like its session; whatever moves data gets the id of the command that begins it. */
const sessionFor = (
  { sessionIds }: TopologyVariant,
  { kind, request, node }: TopologyRequest,
  at: Position
): SessionId => {
  if (kind === "truncate") return SessionId.make(request)
  return sessionIds === "byNode" ? SessionId.make(`session-of-${node}`) : freshSession(at)
}

const firstStage = ({ kind }: TopologyRequest): TopologyStage =>
  kind === "truncate" ? "truncate_table" : kind === "rebuild" ? "rebuilding" : "write_both_read_old"

/** The first request of the queue is taken in hand, and gets its session. A node that joins is a member from here on. */
export const begun = (variant: TopologyVariant, ring: Ring, request: TopologyRequest, at: Position): Ring => {
  const submitted = request.kind === "truncate" && variant.sessionSet === "submission"
  const session = submitted ? ring.session : sessionFor(variant, request, at)
  const nodes = request.kind === "join" ? [...ring.nodes, request.node!].sort() : ring.nodes
  const current: Current = { ...request, stage: firstStage(request), failed: false }
  return changed(ring, { session, nodes }, { queue: ring.topology.queue.slice(1), current })
}

/** A request is asked for. */
export const submitted = (variant: TopologyVariant, ring: Ring, request: TopologyRequest, at: Position): Ring => {
  const clobbers = request.kind === "truncate" && variant.sessionSet === "submission"
  const session = clobbers ? sessionFor(variant, request, at) : ring.session
  return changed(ring, { session }, { queue: [...ring.topology.queue, request] })
}

/** The request in hand goes on to another stage. */
export const inStage = (ring: Ring, stage: TopologyStage, session: SessionId | null, failed = false): Ring =>
  changed(ring, { session }, { current: { ...ring.topology.current!, stage, failed } })

/** Who must drop what came to it in vain, or what it has handed over. */
const dirtied = ({ topology: { owners, dirty } }: Ring, current: Current, members: ReadonlyArray<NodeId>) => {
  const [lost, kept] = current.failed ? [current.owners, owners] : [owners, current.owners]
  const strays = lost.filter((node) => !kept.includes(node) && members.includes(node))
  return [...new Set([...dirty, ...strays])].sort()
}

/** The request in hand is over. A node that has left, or has failed to join, is no member any more. */
export const finished = (ring: Ring, session: SessionId | null = null): Ring => {
  const current = ring.topology.current!
  const { request, kind, node, failed } = current
  const over = [...ring.topology.over, { request, ok: !failed }]
  if (kind === "truncate" || kind === "rebuild") return changed(ring, { session }, { current: null, over })
  const goes = kind === "join" ? failed : !failed
  const nodes = goes ? ring.nodes.filter((other) => other !== node) : ring.nodes
  const owners = failed ? ring.topology.owners : current.owners
  return changed(ring, { session, nodes }, { current: null, over, owners, dirty: dirtied(ring, current, nodes) })
}

/** A node has dropped what it does not own. */
export const cleaned = (ring: Ring, node: NodeId): Ring =>
  changed(ring, {}, { dirty: ring.topology.dirty.filter((other) => other !== node) })

/** Who gets rows that it has not. */
export const receiversOf = (
  { topology: { owners } }: Ring,
  { kind, node, owners: next }: Current
): ReadonlyArray<NodeId> => (kind === "rebuild" ? [node!] : next.filter((other) => !owners.includes(other)))

/** Who is told to stream: who joins or leaves or is rebuilt, or, where that one is dead, whoever gets its range. */
export const streamersOf = (ring: Ring, current: Current): ReadonlyArray<NodeId> =>
  current.kind === "remove" ? receiversOf(ring, current) : [current.node!]

/** Where rows are taken from. */
export const sourceOf = ({ topology: { owners }, ignored }: Ring, { kind, node }: Current): NodeId | undefined =>
  kind === "leave" ? node! : owners.find((other) => other !== node && !ignored.includes(other))

/** Whose data a truncation drops. */
export const truncatersOf = ({ topology: { owners }, ignored }: Ring): ReadonlyArray<NodeId> =>
  owners.filter((node) => !ignored.includes(node))
