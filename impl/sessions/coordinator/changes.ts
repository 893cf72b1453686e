/** What group 0 says after a step of a transition. Everything here is computed from one state, to be committed against it. */
import { SessionId } from "../../../spec/sessions/ids.ts"
import {
  type Kind,
  type Metadata,
  type Position,
  type Replica,
  sameReplica,
  type Tablet,
  type TabletId,
  type Transition,
  tablesOf,
  Version
} from "../../../spec/sessions/metadata.ts"
import type { Entry } from "../group0/group0.ts"
import { topologyOf } from "../ring.ts"
import type { ActionState } from "./action-table.ts"
import type { Way } from "./stage-table.ts"

/**
 * A session id that was never set before and never will be again: at most one command is effective at a position, so the position
 * that a command is computed from is its own.
 */
export const freshSession = (about: string, seen: Position): SessionId => SessionId.make(`${about}@${seen}`)

/** The metadata with another row for a tablet. Routing changes, so the version rises with it (V1). */
export const withTablet = (metadata: Metadata, changed: Tablet): Metadata => ({
  ...metadata,
  tablets: metadata.tablets.map((tablet) => (tablet.tablet === changed.tablet ? changed : tablet))
})

export const raised = (metadata: Metadata): Metadata => ({ ...metadata, version: Version.make(metadata.version + 1) })

/** A tablet that has gone a way out of its stage. */
export const gone = (tablet: Tablet, transition: Transition, way: Way, seen: Position): Tablet => {
  if (way.to === "done") return { ...tablet, replicas: transition.next, transition: null }
  if (way.to === "undone") return { ...tablet, transition: null }
  const session = {
    keeps: transition.session,
    sets: freshSession(tablet.tablet, seen),
    clears: null
  }[way.session]
  return { ...tablet, transition: { ...transition, stage: way.to, session } }
}

/** A tablet that leaves its repair, which has reached every replica if it succeeded and none was declared dead. */
export const repairedBy = (
  tablet: Tablet,
  { stage, session }: Transition,
  task: ActionState | undefined,
  ignored: Metadata["ignored"]
): Partial<Tablet> =>
  stage === "repair" &&
  session !== null &&
  task === "succeeded" &&
  !tablet.replicas.some(({ node }) => ignored.includes(node))
    ? { repaired: session }
    : {}

/** What an operator's order comes to; a text where it cannot be done. */
export type Change = (seen: Entry) => Metadata | string

/** A tablet by its name in the first of its tables: an order for another one would be an order for all. */
const tabletNamed = (metadata: Metadata, name: TabletId): Tablet | string => {
  const tablet = metadata.tablets.find((known) => tablesOf(known).includes(name))
  if (tablet === undefined) return `there is no tablet ${name}`
  return tablet.tablet === name ? tablet : `${name} shares ${tablet.tablet}, and goes where that goes`
}

const idleTablet = (metadata: Metadata, name: TabletId): Tablet | string => {
  const tablet = tabletNamed(metadata, name)
  if (typeof tablet === "string") return tablet
  if (tablet.transition !== null) return `${name} is in stage ${tablet.transition.stage}`
  // A topology request waits for all transitions to end, and none begins before it is over.
  return metadata.session === null && topologyOf(metadata).current === null ? tablet : "the topology is busy"
}

const begun = (metadata: Metadata, tablet: Tablet, transition: Transition): Metadata =>
  raised(withTablet(metadata, { ...tablet, transition }))

/** Moves a tablet from one replica to another, on the same node or not. */
export const migration =
  (name: TabletId, from: Replica, to: Replica): Change =>
  ({ metadata }) => {
    const tablet = idleTablet(metadata, name)
    if (typeof tablet === "string") return tablet
    if (!tablet.replicas.some((replica) => sameReplica(replica, from))) return `${name} has no such replica`
    if (!metadata.nodes.includes(to.node) || metadata.ignored.includes(to.node))
      return `${to.node} cannot take a tablet`
    const isIntranode = from.node === to.node
    if (sameReplica(from, to) || (!isIntranode && tablet.replicas.some(({ node }) => node === to.node)))
      return `${to.node} has ${name} already`
    const next = tablet.replicas.map((replica) => (sameReplica(replica, from) ? to : replica))
    const kind: Kind = isIntranode ? "intranode_migration" : "migration"
    return begun(metadata, tablet, { kind, stage: "allow_write_both_read_old", next, session: null })
  }

/** Replaces a lost replica, from one replica that was repaired first or from all of them; or does without it. */
export const rebuild =
  (name: TabletId, lost: Replica, to: Replica | null, kind: "rebuild" | "rebuild_v2"): Change =>
  (seen) => {
    const { metadata } = seen
    const tablet = idleTablet(metadata, name)
    if (typeof tablet === "string") return tablet
    if (!tablet.replicas.some((replica) => sameReplica(replica, lost))) return `${name} has no such replica`
    if (to !== null && tablet.replicas.some(({ node }) => node === to.node)) return `${to.node} has ${name} already`
    const others = tablet.replicas.filter((replica) => !sameReplica(replica, lost))
    const next = to === null ? others : [...others, to]
    return begun(metadata, tablet, { kind, stage: "allow_write_both_read_old", next, session: null })
  }

/** Starts a repair or a restore, whose session is set with its first stage. */
export const maintenance =
  (name: TabletId, kind: "repair" | "restore"): Change =>
  ({ at, metadata }) => {
    const tablet = idleTablet(metadata, name)
    if (typeof tablet === "string") return tablet
    const session = freshSession(`${kind}-${name}`, at)
    return begun(metadata, tablet, { kind, stage: kind, next: tablet.replicas, session })
  }

/** Gives up a repair or a restore: its session goes, its stage stays. */
export const abortion =
  (name: TabletId): Change =>
  ({ metadata }) => {
    const tablet = tabletNamed(metadata, name)
    if (typeof tablet === "string") return tablet
    const { transition } = tablet
    if (!transition) return `nothing is done with ${name}`
    if (transition.stage !== "repair" && transition.stage !== "restore")
      return `${name} is in stage ${transition.stage}`
    return raised(withTablet(metadata, { ...tablet, transition: { ...transition, session: null } }))
  }

/** Declares a node dead. */
export const exclusion =
  (node: Metadata["nodes"][number]): Change =>
  ({ metadata }) => {
    if (!metadata.nodes.includes(node)) return `there is no node ${node}`
    return metadata.ignored.includes(node) ? metadata : { ...metadata, ignored: [...metadata.ignored, node].sort() }
  }
