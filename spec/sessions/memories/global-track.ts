/** The topology's requests, and what is kept of the ring's range: whose work is whose, and what became of them. */
import type { Memory } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import type { RequestId, WorkId } from "../messages.ts"
import { type Metadata, type NodeId, ringRange, type Topology, type TopologyRequestId } from "../metadata.ts"

export interface GlobalTrack {
  /** Null until somebody commits. */
  readonly topology: Topology | null
  /** Members that nobody has declared dead. */
  readonly members: ReadonlyArray<NodeId>
  /** Whom each piece of work was sent for. */
  readonly works: ReadonlyArray<{ readonly work: WorkId; readonly request: TopologyRequestId }>
  /** Where work of a request has had its effect. */
  readonly effects: ReadonlyArray<{ readonly request: TopologyRequestId; readonly node: NodeId }>
  /** Nodes that have dropped everything, and own nothing since, nor are about to. */
  readonly clean: ReadonlyArray<NodeId>
  /** Writes that are going on. */
  readonly writing: ReadonlyArray<RequestId>
  /** Requests after whose end a write was acknowledged. */
  readonly outdated: ReadonlyArray<TopologyRequestId>
  /** Timestamps below this were purged everywhere. */
  readonly purged: number
  /** The oldest row that work has brought to a node since it was last empty. */
  readonly brought: ReadonlyArray<{ readonly node: NodeId; readonly oldest: number }>
}

export const globalTrack: Memory<GlobalTrack, ClusterLabel> = {
  name: "global track",
  init: {
    topology: null,
    members: [],
    works: [],
    effects: [],
    clean: [],
    writing: [],
    outdated: [],
    purged: 0,
    brought: []
  },
  on: (before, label) => {
    switch (label._tag) {
      case "Committed":
        return committed(before, label.metadata)
      case "WorkSent": {
        const { work, request } = label
        return { ...before, works: [...before.works, { work, request }] }
      }
      case "Landed":
        return { ...affected(before, label), brought: afterLanding(before.brought, label) }
      case "Truncated": {
        const isOfRing = label.tablet === ringRange
        return { ...affected(before, label), brought: isOfRing ? notAt(before.brought, label.node) : before.brought }
      }
      case "Snapshotted":
        return affected(before, label)
      case "Cleaned":
        if (label.tablet !== ringRange) return before
        return {
          ...before,
          brought: notAt(before.brought, label.node),
          clean: [...new Set([...before.clean, label.node])].sort()
        }
      case "RequestBegan":
        return label.row === null ? before : { ...before, writing: [...before.writing, label.request] }
      case "RequestEnded":
        return ended(before, label)
      case "Purged":
        return label.tablet !== ringRange ? before : { ...before, purged: Math.max(before.purged, label.before) }
      default:
        return before
    }
  }
}

const byNode = <A extends { readonly node: NodeId }>(all: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...all].sort((one, other) => (one.node < other.node ? -1 : 1))

const notAt = <A extends { readonly node: NodeId }>(all: ReadonlyArray<A>, node: NodeId): ReadonlyArray<A> =>
  all.filter((other) => other.node !== node)

const afterLanding = (
  brought: GlobalTrack["brought"],
  { node, rows, tablet }: Extract<ClusterLabel, { _tag: "Landed" }>
): GlobalTrack["brought"] => {
  if (tablet !== ringRange) return brought
  const known = brought.flatMap((other) => (other.node === node ? [other.oldest] : []))
  const ages = [...known, ...rows.map(({ timestamp }) => timestamp)]
  return ages.length === 0 ? brought : byNode([...notAt(brought, node), { node, oldest: Math.min(...ages) }])
}

const committed = (before: GlobalTrack, { topology, nodes, ignored }: Metadata): GlobalTrack => {
  if (topology === undefined) return before
  const claims = [...topology.owners, ...(topology.current?.owners ?? [])]
  return {
    ...before,
    topology,
    members: nodes.filter((node) => !ignored.includes(node)),
    clean: before.clean.filter((node) => !claims.includes(node))
  }
}

/** The request that a piece of work was sent for, if anybody saw that. */
export const requestOf = ({ works }: GlobalTrack, work: WorkId): TopologyRequestId | undefined =>
  works.find((known) => known.work === work)?.request

const affected = (
  before: GlobalTrack,
  { work, node }: { readonly work: WorkId; readonly node: NodeId }
): GlobalTrack => {
  const request = requestOf(before, work)
  const known = before.effects.some((other) => other.request === request && other.node === node)
  if (request === undefined || known) return before
  const name = (effect: GlobalTrack["effects"][number]): string => `${effect.request} ${effect.node}`
  const effects = [...before.effects, { request, node }].sort((one, other) => (name(one) < name(other) ? -1 : 1))
  return { ...before, effects }
}

const ended = (before: GlobalTrack, { request, ok }: Extract<ClusterLabel, { _tag: "RequestEnded" }>): GlobalTrack => {
  const after = { ...before, writing: before.writing.filter((other) => other !== request) }
  if (!ok || !before.writing.includes(request)) return after
  return { ...after, outdated: (before.topology?.over ?? []).map((over) => over.request) }
}

/** How a request of the topology ended, undefined while it has not. */
export const endOf = ({ topology }: GlobalTrack, request: TopologyRequestId): { readonly ok: boolean } | undefined =>
  topology?.over.find((over) => over.request === request)
