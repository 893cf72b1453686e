/** What must be so in every run of a cluster, read off its labels. A test's own eyes: the laws proper are not for `impl` to see. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { openSessions } from "../../../spec/sessions/metadata.ts"

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
    } else if (label._tag === "BarrierBegan") fencedBy.set(`${label.term} ${label.index}`, new Set(removed))
    else if (label._tag === "BarrierEnded" && label.ok)
      for (const session of fencedBy.get(`${label.term} ${label.index}`) ?? []) fenced.add(session)
    else if (label._tag === "Entered") {
      effect(label)
      inside.set(key(label), (inside.get(key(label)) ?? 0) + 1)
    } else if (label._tag === "Left") inside.set(key(label), (inside.get(key(label)) ?? 0) - 1)
    else if (label._tag === "Landed" || label._tag === "Truncated") effect(label)
    else if (label._tag === "Stopped") {
      for (const name of inside.keys()) if (name.startsWith(`${label.node} `)) inside.delete(name)
    } else if (label._tag === "RequestBegan") asked.set(label.request, label.version)
    else if (label._tag === "Served" && label.reason === null && asked.get(label.request)! < label.fence)
      found.push(`V4 ${label.request} was served at ${label.node} behind its fence`)
  }
  for (const [name, count] of inside) if (count !== 0) found.push(`S4 ${name} holds ${count} guards in the end`)
  return found
}
