/** Laws about waiting: L1 to L6, L8. That work under the default session is never held up (L7) is a law of one registry. */
import { leadsTo } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Barriers, barriers, type GoingBarrier } from "../memories/barriers.ts"
import { type GroupZero, groupZero } from "../memories/group-zero.ts"
import { type Guards, guards, insideRemoved } from "../memories/guards.ts"
import { lifeOf } from "../memories/lives.ts"
import { placeOf } from "../memories/places.ts"
import { type Succession, succession } from "../memories/succession.ts"
import type { Tablet } from "../metadata.ts"

/** Barriers of a coordinator that has been replaced are nobody's concern. */
const current = ({ going, term }: Barriers): ReadonlyArray<GoingBarrier> =>
  going.filter((barrier) => barrier.term === term)

export const L1 = leadsTo<ClusterLabel, Barriers>("SES-L1", {
  sentence: "Every barrier of the newest coordinator ends.",
  source: "dossier sessions 4.2, L1; service/topology_coordinator.cc exec_global_command",
  reading: "It may end in failure when a node dies or a connection breaks; that it succeeds in the end is L3.",
  given: ["SES-F1", "SES-F2", "SES-F3", "SES-F4", "SES-F6"],
  follows: barriers,
  pending: (memory) => {
    const [barrier] = current(memory)
    return barrier === undefined
      ? undefined
      : `command ${barrier.index} waits for ${barrier.waiting.length === 0 ? "nobody" : barrier.waiting.join(", ")}`
  }
})

export const L2 = leadsTo<ClusterLabel, Guards>("SES-L2", {
  sentence: "A barrier ends even if work under sessions that are still set never does.",
  source: "dossier sessions 4.2, L2; scylladb issue 14995, for which there are sessions at all",
  reading: "That admitted work ends (F2) is not among what this is given.",
  given: ["SES-F1", "SES-F3", "SES-F4", "SES-F6"],
  follows: guards,
  pending: (memory) => {
    const [barrier] = memory.going
    if (barrier === undefined || memory.inside.length === 0) return undefined
    const open = memory.inside.every(({ session }) => lifeOf(memory, session)?.removed === null)
    return open ? `command ${barrier.index} waits, and nobody is inside but under sessions that are open` : undefined
  }
})

const inTransition = ({ metadata }: GroupZero): ReadonlyArray<Tablet> =>
  (metadata?.tablets ?? []).filter(({ transition }) => transition !== null)

export const L3 = leadsTo<ClusterLabel, GroupZero>("SES-L3", {
  sentence: "Every transition ends.",
  source: "dossier sessions 4.2, L3; service/topology_coordinator.cc handle_tablet_migration",
  given: ["SES-F1", "SES-F2", "SES-F3", "SES-F4", "SES-F5", "SES-F6", "SES-F7"],
  follows: groupZero,
  pending: (memory) => {
    const [tablet] = inTransition(memory)
    return tablet === undefined ? undefined : `${tablet.tablet} is in ${tablet.transition?.stage}`
  }
})

export const L4 = leadsTo<ClusterLabel, GroupZero>("SES-L4", {
  sentence: "A transition that has lost a replica ends without it, forwards or backwards.",
  source: "dossier sessions 4.2, L4; service/topology_coordinator.cc, scylladb commit 7c331b7319",
  given: ["SES-F1", "SES-F2", "SES-F3", "SES-F4", "SES-F5"],
  follows: groupZero,
  pending: (memory) => {
    const ignored = memory.metadata?.ignored ?? []
    const stuck = inTransition(memory).find(({ replicas, transition }) =>
      [...replicas, ...(transition?.next ?? [])].some(({ node }) => ignored.includes(node))
    )
    return stuck === undefined ? undefined : `${stuck.tablet} has lost a replica and is in ${stuck.transition?.stage}`
  }
})

export const L5 = leadsTo<ClusterLabel, Guards>("SES-L5", {
  sentence: "Everybody leaves a session that was removed, in the end.",
  source: "dossier sessions 4.2, L5; service/session.cc drain_closing_sessions",
  reading:
    "That a session is removed at all is L3 and L5t. That its shards forget it is S5c: the next barrier sees to that, and where none comes, an empty session that admits nobody does no harm.",
  given: ["SES-F2", "SES-F4"],
  follows: guards,
  pending: (memory) => {
    const left = insideRemoved(memory, memory.at)
    return left === undefined ? undefined : `${left.work} is still inside ${left.session} on ${placeOf(left)}`
  }
})

export const L5t = leadsTo<ClusterLabel, GroupZero>("SES-L5t", {
  sentence: "The topology's session does not outlive the request that it was set for.",
  source: "dossier sessions 4.2, L5, and 6, Q4; service/topology_coordinator.cc rollback_current_topology_op",
  reading: "Judged where group 0 tells which request is in hand.",
  given: ["SES-F1", "SES-F2", "SES-F3", "SES-F4", "SES-F5", "SES-F6"],
  follows: groupZero,
  pending: ({ metadata }) =>
    metadata === null ||
    metadata.session === null ||
    metadata.topology === undefined ||
    metadata.topology.current !== null
      ? undefined
      : `${metadata.session} is set, and no request is in hand`
})

export const L6 = leadsTo<ClusterLabel, Succession>("SES-L6", {
  sentence: "After a failover the new coordinator goes on with what is under way, and nobody has to help.",
  source: "dossier sessions 4.2, L6; service/topology_coordinator.cc run",
  given: ["SES-F1", "SES-F4", "SES-F5"],
  follows: succession,
  pending: ({ silent, moving }) =>
    silent === null || moving.length === 0
      ? undefined
      : `the coordinator of term ${silent} has done nothing about ${moving.join(", ")}`
})

export const L8 = leadsTo<ClusterLabel, Barriers>("SES-L8", {
  sentence: "A command that a node accepted is answered there, or the node falls: nothing in it waits in a circle.",
  source: "dossier sessions 4.2, L8; scylladb commit 2927f0dd21",
  given: ["SES-F2", "SES-F3"],
  follows: barriers,
  pending: ({ busy }) => {
    const [first] = busy
    return first === undefined ? undefined : `${first.node} has accepted command ${first.index} and not answered it`
  }
})
