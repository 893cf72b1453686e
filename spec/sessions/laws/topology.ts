/**
 * Laws about what is done under the topology's own session: S6t, D1t, D2t, D3t, S16, L3t.
 *
 * A letter t marks what a law about tablets means for the ring, for truncations, and for rebuilds.
 */
import { history, type Law, leadsTo } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { endOf, type GlobalTrack, globalTrack, requestOf } from "../memories/global-track.ts"
import type { WorkId } from "../messages.ts"
import { type Metadata, type NodeId, ringRange, type Topology, type TopologyRequest } from "../metadata.ts"

interface Effect {
  readonly node: NodeId
  readonly work: WorkId
}

const effectOf = (label: ClusterLabel): Effect | undefined =>
  label._tag === "Landed" || label._tag === "Truncated" || label._tag === "Snapshotted" ? label : undefined

export const S6t = history<ClusterLabel, GlobalTrack>("SES-S6t", {
  sentence: "Once a topology request has succeeded, nothing of it happens any more.",
  source: "dossier sessions 4.1, S6 and S8, and 3.5; service/topology_coordinator.cc handle_truncate_table",
  reading: "On members that nobody has declared dead. What is left of a failed request is for D3t.",
  follows: globalTrack,
  breaks: (before, label) => {
    const effect = effectOf(label)
    if (effect === undefined || !before.members.includes(effect.node)) return undefined
    const request = requestOf(before, effect.work)
    return request !== undefined && endOf(before, request)?.ok === true
      ? `${effect.work} of ${request} has its effect on ${effect.node}, and the request is over`
      : undefined
  }
})

export const D1t = history<ClusterLabel, GlobalTrack>("SES-D1t", {
  sentence: "A truncation drops nothing that was written after it was over.",
  source: "dossier sessions 4.1, D1; scylladb pull request 31244, test of a deposed coordinator",
  follows: globalTrack,
  breaks: (before, label) => {
    if (label._tag !== "Truncated") return undefined
    const request = requestOf(before, label.work)
    return request !== undefined && before.outdated.includes(request)
      ? `${label.work} of ${request} drops what was acknowledged after the request was over`
      : undefined
  }
})

export const D2t = history<ClusterLabel, GlobalTrack>("SES-D2t", {
  sentence: "No resurrection: nothing that was deleted and purged everywhere is on an owner again.",
  source: "dossier sessions 4.1, D2; scylladb issue 26150",
  reading: "Seen by what work has brought to a node, when it comes there and when the node becomes an owner.",
  follows: globalTrack,
  breaks: (before, label, after) => {
    if (label._tag !== "Landed" && label._tag !== "Committed") return undefined
    const owners = after.topology?.owners ?? []
    const risen = after.brought.find(({ node, oldest }) => owners.includes(node) && oldest < after.purged)
    const known = before.topology?.owners.includes(risen?.node ?? ("" as NodeId)) && label._tag === "Committed"
    return risen === undefined || known
      ? undefined
      : `${risen.node} is an owner and has a row of ${risen.oldest}, which was deleted and purged`
  }
})

export const D3t = history<ClusterLabel, GlobalTrack>("SES-D3t", {
  sentence: "A node that has dropped what it does not own stays clean until it is given the range again.",
  source: "dossier sessions 4.1, D3, and 2.5; scylladb commit f34126aacf",
  reading: "A write that was fenced counts where it has left its row.",
  follows: globalTrack,
  breaks: (before, label) => {
    if (label._tag !== "Landed" && label._tag !== "Served") return undefined
    if (label.rows.length === 0 || !before.clean.includes(label.node)) return undefined
    if (label._tag === "Served")
      return before.writing.includes(label.request)
        ? `${label.request} leaves a row on ${label.node}, which has cleaned up`
        : undefined
    return label.tablet === ringRange ? `${label.work} lands on ${label.node}, which has cleaned up` : undefined
  }
})

/** Who must have felt a request that succeeded. While it was in hand no tablet moved. */
const concerned = (
  { owners }: Topology,
  { kind, node, owners: next, tablet: name }: TopologyRequest,
  { tablets }: Metadata
): ReadonlyArray<NodeId> => {
  if (kind === "rebuild") return node === null ? [] : [node]
  if (kind !== "truncate" && kind !== "snapshot") return next.filter((owner) => !owners.includes(owner))
  if (name === undefined) return owners
  return tablets.flatMap(({ tablet, replicas }) => (tablet === name ? replicas.map((replica) => replica.node) : []))
}

export const S16 = history<ClusterLabel, GlobalTrack>("SES-S16", {
  sentence:
    "A topology request that is reported as done was done: by every owner, or by everyone who was to become one.",
  source: "dossier sessions 3.5; scylladb issue 22613",
  follows: globalTrack,
  breaks: (before, label, after) => {
    const current = before.topology?.current
    if (label._tag !== "Committed" || before.topology === null || current == null) return undefined
    if (endOf(before, current.request) !== undefined || endOf(after, current.request)?.ok !== true) return undefined
    const missed = concerned(before.topology, current, label.metadata).find(
      (node) =>
        before.members.includes(node) &&
        !before.effects.some((effect) => effect.request === current.request && effect.node === node)
    )
    return missed === undefined ? undefined : `${current.request} is reported as done, and ${missed} has done nothing`
  }
})

export const L3t = leadsTo<ClusterLabel, GlobalTrack>("SES-L3t", {
  sentence: "Every topology request ends.",
  source: "dossier sessions 4.2, L3",
  given: ["SES-F1", "SES-F2", "SES-F3", "SES-F4", "SES-F5", "SES-F6"],
  follows: globalTrack,
  pending: ({ topology }) => {
    const waiting = topology?.current ?? topology?.queue[0]
    return waiting == null ? undefined : `${waiting.request} is not over`
  }
})

export const topologyLaws: ReadonlyArray<Law<ClusterLabel>> = [S6t, D1t, D2t, D3t, S16, L3t]
