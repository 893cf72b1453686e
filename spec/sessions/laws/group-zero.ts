/** Laws about what group 0 is told to say: S9, S11, V1, V3, C1. */
import { history } from "../../law.ts"
import { defaultSession, nullSession, type SessionId } from "../ids.ts"
import type { ClusterLabel } from "../labels.ts"
import { type GroupZero, groupZero, type TabletChange, tabletChanges } from "../memories/group-zero.ts"
import { lifeOf, type User, usersIn } from "../memories/lives.ts"
import { placesOf } from "../memories/places.ts"
import { samePlaces } from "../memories/routes.ts"
import { type Metadata, type Stage, type TabletId, tablesOf } from "../metadata.ts"

export const S9 = history<ClusterLabel, GroupZero>("SES-S9", {
  sentence: "An id names one operation: it is never set for another, nor set again once it was removed.",
  source: "dossier sessions 4.1, S9; locator/tablets.hh tablet_transition_info::session_id",
  reading:
    "The tablets of one restore share an id, and so do tables that share a tablet, for its transition is theirs; nothing else does. The null and the default session are never set.",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    for (const [session, tablets] of usersIn(label.metadata)) {
      if (session === nullSession || session === defaultSession) return `${session} is set in group 0`
      const why = setAgain(before, label.metadata, session, tablets)
      if (why !== undefined) return why
    }
    return undefined
  }
})

const setAgain = (
  before: GroupZero,
  metadata: Metadata,
  session: SessionId,
  tablets: ReadonlyArray<TabletId>
): string | undefined => {
  const life = lifeOf(before, session)
  if (life !== undefined && life.removed !== null) return `${session} was removed at ${life.removed} and is set again`
  const isGlobal = metadata.session === session
  if (isGlobal ? tablets.length > 0 || life?.global === false : life?.global === true)
    return `${session} is set for the topology and for a tablet`
  const all = new Set<User>([...(life?.users ?? []), ...tablets])
  return isGlobal ||
    all.size < 2 ||
    isOneTablet(metadata, all) ||
    tablets.every((tablet) => isRestored(metadata, tablet))
    ? undefined
    : `${session} is set for ${[...all].sort().join(" and ")}`
}

/** Whether all of them are one tablet, by its names in the tables that share it. */
const isOneTablet = ({ tablets }: Metadata, users: ReadonlySet<User>): boolean =>
  tablets.some((row) => {
    const names: ReadonlySet<User> = new Set(tablesOf(row))
    return [...users].every((user) => names.has(user))
  })

const isRestored = ({ tablets }: Metadata, id: TabletId): boolean =>
  tablets.some(({ tablet, transition }) => tablet === id && transition?.kind === "restore")

const afterStreaming: ReadonlyArray<Stage> = [
  "write_both_read_new",
  "use_new",
  "cleanup",
  "end_migration",
  "end_repair",
  "end_restore"
]

export const S11 = history<ClusterLabel, GroupZero>("SES-S11", {
  sentence:
    "The session goes with the command that leaves its work: no later stage has one, and neither has a rollback from that work.",
  source: "dossier sessions 4.1, S11, and 3.5; service/topology_coordinator.cc handle_tablet_migration, del_session",
  reading:
    "The ends of a repair and of a restore count as later stages. A rollback from a stage in which nobody was ever asked to work under the session may keep it (Q2).",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag !== "Committed") return undefined
    for (const { was, is } of tabletChanges(before.metadata, label.metadata)) {
      if (is.transition === null || is.transition.session === null) continue
      const { stage, session } = is.transition
      if (afterStreaming.includes(stage)) return `${is.tablet} is in ${stage} and still has ${session}`
      const from = was?.transition?.stage
      if (stage === "cleanup_target" && (from === "streaming" || from === "rebuild_repair"))
        return `${is.tablet} goes back from ${from} and keeps ${session}`
    }
    return undefined
  }
})

export const V1 = history<ClusterLabel, GroupZero>("SES-V1", {
  sentence: "The topology's version never goes down, and every change of a tablet's stage or replicas raises it.",
  source: "dossier sessions 4.1, V1; service/topology_coordinator.cc update_topology_state, set_version",
  follows: groupZero,
  breaks: ({ metadata: last }, label) => {
    if (label._tag !== "Committed" || last === null) return undefined
    const { metadata } = label
    if (metadata.version < last.version) return `the version goes from ${last.version} to ${metadata.version}`
    const moved = tabletChanges(last, metadata).find(isMoved)
    return moved === undefined || metadata.version > last.version
      ? undefined
      : `${moved.is.tablet} goes on to ${moved.is.transition?.stage ?? "no transition"}, and the version stays ${metadata.version}`
  }
})

const isMoved = ({ was, is }: TabletChange): boolean =>
  was !== undefined &&
  (was.transition?.stage !== is.transition?.stage || !samePlaces(placesOf(was.replicas), placesOf(is.replicas)))

export const V3 = history<ClusterLabel, GroupZero>("SES-V3", {
  sentence: "In group 0 the fence never goes down, and is never above the version.",
  source: "dossier sessions 4.1, V3; service/topology_state_machine.hh topology::fence_version",
  follows: groupZero,
  breaks: ({ metadata: last }, label) => {
    if (label._tag !== "Committed") return undefined
    const { version, fence } = label.metadata
    if (fence > version) return `the fence is ${fence} and the version ${version}`
    return last !== null && fence < last.fence ? `the fence goes from ${last.fence} to ${fence}` : undefined
  }
})

export const C1 = history<ClusterLabel, GroupZero>("SES-C1", {
  sentence:
    "A command is computed from the state that it is effective on, and no coordinator is effective after one of a later term.",
  source:
    "dossier sessions 4.1, C1; service/raft/group0_state_machine.cc apply; service/topology_coordinator.cc fence_previous_coordinator",
  reading:
    "Seen by positions that follow each other, and by what a coordinator's command computed from an older state would undo: the version rises with every change of tablets, and nobody who is ignored comes back.",
  follows: groupZero,
  breaks: (before, label) => {
    if (label._tag === "CommitRefused")
      return label.expected === label.head
        ? `a command computed from ${label.head}, the last state, is refused`
        : undefined
    if (label._tag !== "Committed") return undefined
    const { by, at, metadata } = label
    if (before.at !== null && at !== before.at + 1) return `${at} follows ${before.at}`
    if (by._tag === "Coordinator" && before.term !== null && by.term < before.term)
      return `the coordinator of term ${by.term} commits after that of term ${before.term}`
    const { metadata: last } = before
    return by._tag === "Operator" || last === null ? undefined : undone(last, metadata)
  }
})

const undone = (last: Metadata, metadata: Metadata): string | undefined => {
  const back = last.ignored.find((node) => !metadata.ignored.includes(node))
  if (back !== undefined) return `${back} is not ignored any more`
  return JSON.stringify(metadata.tablets) === JSON.stringify(last.tablets) || metadata.version > last.version
    ? undefined
    : `tablets change from version ${last.version} to ${metadata.version}: that was computed from another state`
}
