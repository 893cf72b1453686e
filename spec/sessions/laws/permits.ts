/** Laws about whose permit work carries: S12, C2. */
import { history } from "../../law.ts"
import { defaultSession, nullSession, type SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import { type GroupZero, groupZero } from "../memories/group-zero.ts"
import { lifeOf, type User } from "../memories/lives.ts"
import { rowPerTable, type TabletId } from "../metadata.ts"

export const S12 = history<ClusterLabel, GroupZero>("SES-S12", {
  sentence:
    "Work that has effects carries the id that its operation was given: neither none, nor the default one, nor one that nobody has set.",
  source: "dossier sessions 4.1, S12; service/topology_guard.hh null_topology_guard; scylladb issue 17175",
  reading:
    "Everything that enters a session here belongs to an operation that group 0 asked for, so the default session (Q8) is a permit that was lost. Ids are judged once a command was seen.",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "WorkSent" && label._tag !== "Entered" && label._tag !== "Landed" && label._tag !== "Truncated")
      return undefined
    const { session, work } = label
    if (session === nullSession) return `${work} works under no session`
    if (session === defaultSession) return `${work} works under the default session, which nothing fences`
    return before.metadata !== null && lifeOf(before, session) === undefined
      ? `${work} works under ${session}, which nobody has set`
      : undefined
  }
})

export const C2 = history<ClusterLabel, GroupZero>("SES-C2", {
  sentence: "Work under a session belongs to the operation that the session was set for.",
  source: "dossier sessions 4.1, C2; service/storage_service.cc repair_tablet, stream_tablet; scylladb issue 23318",
  reading:
    "An operation on a tablet uses a session that was set for this tablet, and the one that its trigger names if it names one; work of a topology request uses the one that was set for this request. A truncation uses the topology's.",
  follows: groupZero,
  breaks: (before, label) => {
    switch (label._tag) {
      case "OperationBegan":
        if (label.asked !== undefined && label.asked !== label.session)
          return `${label.node} was asked to ${label.operation} under ${label.asked}, and does so under ${label.session}`
        return label.session === null ? undefined : borrowed(before, label.session, label.tablet, label.operation)
      case "Landed":
        return isTablet(before, label.tablet) ? borrowed(before, label.session, label.tablet, label.work) : undefined
      case "WorkSent":
        return borrowed(before, label.session, label.request, label.work)
      case "Truncated":
        return lifeOf(before, label.session)?.global === false
          ? `${label.work} truncates under ${label.session}, which was set for a tablet`
          : undefined
      default:
        return undefined
    }
  }
})

const isTablet = ({ metadata }: GroupZero, id: TabletId): boolean =>
  metadata !== null && rowPerTable(metadata).some(({ tablet }) => tablet === id)

const borrowed = (before: GroupZero, session: SessionId, user: User, who: string): string | undefined => {
  const life = lifeOf(before, session)
  return life === undefined || life.users.includes(user)
    ? undefined
    : `${who} works for ${user} under ${session}, which was set for ${life.users.join(" and ")}`
}
