/** What must be so in every run of a cluster, read off its labels. A test's own eyes: the laws proper are not for `impl` to see. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { type Metadata, openSessions } from "../../../spec/sessions/metadata.ts"
import { range, tabletIn, topologyOf } from "../ring.ts"

const key = (label: { node: string; shard: number; session: string; work: string }): string =>
  [label.node, label.shard, label.session, label.work].join(" ")

/** Sentences about what went wrong; none if all is well. */
export const complaints = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<string> => {
  const found: string[] = []
  const inside = new Map<string, number>()
  const asked = new Map<string, number>()
  const open = new Set<string>()
  const removed = new Set<string>()
  const fencedBy = new Map<string, ReadonlySet<string>>()
  const fenced = new Set<string>()
  let version = 0
  let fence = 0
  const effect = (label: { _tag: string; node: string; shard: number; session: string; work: string }): void => {
    if (fenced.has(label.session)) found.push(`S6 ${label._tag} of ${label.work} at ${label.node} after its barrier`)
    if (label._tag !== "Entered" && !inside.get(key(label)))
      found.push(`S4 ${label._tag} of ${label.work} without a guard`)
  }
  for (const label of labels) {
    if (label._tag === "Committed") {
      const now = openSessions(label.metadata)
      for (const session of open) if (!now.some((other) => other === session)) removed.add(session)
      for (const session of now) {
        if (removed.has(session)) found.push(`S9 ${session} was set again`)
        open.add(session)
      }
      if (label.metadata.version < version || label.metadata.fence < fence) found.push(`V1 a step back at ${label.at}`)
      if (label.metadata.fence > label.metadata.version) found.push(`V3 the fence is ahead at ${label.at}`)
      version = label.metadata.version
      fence = label.metadata.fence
    } else if (label._tag === "BarrierBegan" && label.command === "barrier_and_drain")
      fencedBy.set(`${label.term} ${label.index}`, new Set(removed))
    else if (label._tag === "BarrierEnded" && label.ok)
      for (const session of fencedBy.get(`${label.term} ${label.index}`) ?? []) fenced.add(session)
    else if (label._tag === "Entered") {
      effect(label)
      inside.set(key(label), (inside.get(key(label)) ?? 0) + 1)
    } else if (label._tag === "Left") inside.set(key(label), (inside.get(key(label)) ?? 0) - 1)
    else if (isEffect(label)) effect(label)
    else if (label._tag === "Stopped") {
      for (const name of inside.keys()) if (name.startsWith(`${label.node} `)) inside.delete(name)
    } else if (label._tag === "RequestBegan") asked.set(label.request, label.version)
    else if (label._tag === "Served" && label.reason === null && asked.get(label.request)! < label.fence)
      found.push(`V4 ${label.request} was served at ${label.node} behind its fence`)
  }
  found.push(...topologyComplaints(labels))
  for (const [name, count] of inside) if (count !== 0) found.push(`S4 ${name} holds ${count} guards in the end`)
  return found
}

type Effect = Extract<ClusterLabel, { readonly _tag: "Landed" | "Truncated" | "Snapshotted" }>

const isEffect = (label: ClusterLabel): label is Effect =>
  label._tag === "Landed" || label._tag === "Truncated" || label._tag === "Snapshotted"

/** The same of topology requests: S6t, D3t, S16 and L3t. */
const topologyComplaints = (labels: ReadonlyArray<ClusterLabel>): ReadonlyArray<string> => {
  const found: string[] = []
  const requests = new Map<string, string>()
  const effects = new Set<string>()
  const clean = new Set<string>()
  let before: Metadata | undefined
  for (const label of labels) {
    if (label._tag === "WorkSent") requests.set(label.work, label.request)
    if (isEffect(label)) {
      const request = requests.get(label.work)
      const end = before === undefined ? undefined : topologyOf(before).over.find((over) => over.request === request)
      if (end?.ok === true) found.push(`S6t ${label._tag} of ${label.work} at ${label.node} after ${request} was over`)
      effects.add(`${request} ${label.node}`)
      if (label._tag === "Landed" && label.tablet === range && label.rows.length > 0 && clean.has(label.node))
        found.push(`D3t ${label.work} lands on ${label.node}, which has cleaned up`)
    }
    if (label._tag === "Cleaned" && label.tablet === range) clean.add(label.node)
    if (label._tag !== "Committed") continue
    const { owners, current, over } = topologyOf(label.metadata)
    for (const node of [...owners, ...(current?.owners ?? [])]) clean.delete(node)
    for (const { request, ok } of over)
      if (ok && before !== undefined && topologyOf(before).current?.request === request)
        for (const node of concernedBy(before))
          if (!effects.has(`${request} ${node}`)) found.push(`S16 ${request} is done, and ${node} has done nothing`)
    before = label.metadata
  }
  const { current, queue } = before === undefined ? { current: null, queue: [] } : topologyOf(before)
  for (const { request } of [...(current === null ? [] : [current]), ...queue]) found.push(`L3t ${request} is not over`)
  return found
}

/** Who must have done something for the request in hand, unless declared dead. */
const concernedBy = (metadata: Metadata): ReadonlyArray<string> => {
  const { owners, current } = topologyOf(metadata)
  if (current === null) return []
  const isTable = current.kind === "truncate" || current.kind === "snapshot"
  const replicas = tabletIn(metadata, current.tablet ?? range)?.replicas.map(({ node }) => node) ?? []
  const coming = current.kind === "rebuild" ? [current.node] : current.owners.filter((node) => !owners.includes(node))
  return (isTable ? replicas : coming).flatMap((node) => (node === null || metadata.ignored.includes(node) ? [] : node))
}
