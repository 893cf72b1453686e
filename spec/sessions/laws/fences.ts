/** Laws about what a barrier makes impossible: S5c, S6, S8, V5, V5s. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Barriers, barriers } from "../memories/barriers.ts"
import { type Fences, fences, goingOf, isFenced } from "../memories/fences.ts"
import { type Guards, guards, insideRemoved } from "../memories/guards.ts"
import { type Leftovers, leftovers } from "../memories/leftovers.ts"
import { isRemovedBy, lifeOf } from "../memories/lives.ts"
import { placeOf } from "../memories/places.ts"

export const S6 = history<ClusterLabel, Fences>("SES-S6", {
  sentence:
    "The fence: after a barrier that began when a session was removed and succeeded, nothing is done or begun under that session on any node that is not ignored.",
  source: "dossier sessions 4.1, S6; service/topology_guard.hh; scylladb PR 15847",
  reading:
    "A barrier on behalf of tablets, which insists on every node. What lands, what is admitted and what is truncated is done.",
  follows: fences,
  breaks: (before, label) => {
    if (label._tag !== "Landed" && label._tag !== "Entered" && label._tag !== "Truncated") return undefined
    const { node, session, work } = label
    return !before.ignored.includes(node) && isFenced(before, session)
      ? `${work} ${deed[label._tag]} ${placeOf(label)} under ${session}, which a barrier has fenced`
      : undefined
  }
})

const deed = { Landed: "lands on", Entered: "is admitted on", Truncated: "truncates" } as const

export const S8 = history<ClusterLabel, Guards>("SES-S8", {
  sentence:
    "One transition at a time: without a transition nobody is inside a former session of the tablet, and in one, what lands for it comes under that transition's sessions alone.",
  source: "dossier sessions 4.1, S8; docs/dev/topology-over-raft.md, INV-TABL-2",
  reading:
    "A session that is cleared stays its transition's until the next one, for what is left of its work still belongs to it (Q12). A guard of a session that other tablets still have is not judged. Ignored nodes are not.",
  follows: guards,
  breaks: (before, label, after) => {
    if (label._tag === "Landed") return landedOutside(before, label)
    if (label._tag !== "Committed" && label._tag !== "Entered") return undefined
    const idle = after.inside.find(({ node, session }) => {
      const life = lifeOf(after, session)
      const users = life === undefined || life.removed === null ? [] : life.users
      return !after.ignored.includes(node) && after.idle.some((tablet) => users.includes(tablet))
    })
    return idle === undefined
      ? undefined
      : `${idle.work} is inside ${idle.session} on ${placeOf(idle)}, and the transition of that session is over`
  }
})

const landedOutside = (
  before: Guards,
  { node, tablet, session, work }: Extract<ClusterLabel, { _tag: "Landed" }>
): string | undefined => {
  const life = lifeOf(before, session)
  if (before.ignored.includes(node) || life === undefined) return undefined
  const began = before.began.find((known) => known.tablet === tablet)
  if (before.idle.includes(tablet)) return `${work} lands for ${tablet}, which is in no transition`
  return began !== undefined && life.set < began.at
    ? `${work} lands for ${tablet} under ${session}, of an earlier transition`
    : undefined
}

export const V5 = history<ClusterLabel, Barriers>("SES-V5", {
  sentence:
    "A barrier has succeeded only if every node that counts has done it: asked, caught up with what was committed by then, in this term, and by no command that a later one had overtaken.",
  source: "dossier sessions 4.1, V5; service/storage_service.cc raft_topology_cmd_handler",
  reading:
    "A node knows that a term is over when it has applied a command of a later one. Indexes start again with a restart. That versions and sessions are gone is V5v and V5s.",
  follows: barriers,
  breaks: (before, label) => {
    if (label._tag === "CommandAccepted") return wronglyAccepted(before, label)
    if (label._tag !== "BarrierEnded" || !label.ok) return undefined
    const barrier = goingOf(before.going, label)
    if (barrier === undefined) return `command ${label.index} of term ${label.term} succeeds and was never asked for`
    const unasked = barrier.missed.find((node) => !before.ignored.includes(node))
    if (unasked !== undefined) return `a barrier succeeds, and ${unasked} was not asked`
    const [idle] = barrier.waiting
    return idle === undefined ? undefined : `a barrier succeeds, and ${idle} has not done it`
  }
})

const wronglyAccepted = (
  { accepted, leader }: Barriers,
  { node, term, index, at }: Extract<ClusterLabel, { _tag: "CommandAccepted" }>
): string | undefined => {
  const last = accepted.find((known) => known.node === node)
  if (last !== undefined && last.term === term && index <= last.index)
    return `${node} accepts command ${index} after command ${last.index} of the same term`
  return leader !== null && term < leader.term && at >= leader.since
    ? `${node} accepts a command of term ${term} and knows of term ${leader.term}`
    : undefined
}

export const V5s = history<ClusterLabel, Guards>("SES-V5s", {
  sentence: "When a barrier has succeeded, nobody is left inside a session that was removed before it began.",
  source: "dossier sessions 4.1, V5; service/storage_service.cc local_topology_barrier, drain_closing_sessions",
  follows: guards,
  breaks: (before, label) => {
    if (label._tag !== "BarrierEnded" || !label.ok) return undefined
    const inside = insideRemoved(before, goingOf(before.going, label)?.began ?? null)
    return inside === undefined
      ? undefined
      : `a barrier succeeds while ${inside.work} is inside ${inside.session} on ${placeOf(inside)}`
  }
})

export const S5c = history<ClusterLabel, Leftovers>("SES-S5c", {
  sentence:
    "When a barrier has succeeded, no shard that counts has a session registered that was removed before it began.",
  source: "dossier sessions 4.1, S5; service/session.cc session_manager::drain_closing_sessions",
  reading: "S5 as whole nodes can be held to: by what each shard says it has opened and forgotten.",
  follows: leftovers,
  breaks: (before, label) => {
    if (label._tag !== "BarrierEnded" || !label.ok) return undefined
    const began = goingOf(before.going, label)?.began ?? null
    const left = before.registered.find(
      ({ node, session }) => !before.ignored.includes(node) && isRemovedBy(lifeOf(before, session), began)
    )
    return left === undefined ? undefined : `a barrier succeeds, and ${placeOf(left)} still has ${left.session}`
  }
})

/** Whether somebody is inside a session that was removed by the last command. */
export const hasRemnant = (memory: Guards): boolean =>
  memory.inside.some(({ session }) => isRemovedBy(lifeOf(memory, session), memory.at))
