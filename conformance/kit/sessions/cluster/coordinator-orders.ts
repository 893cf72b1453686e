/** What an operator may commit while a coordinator is at work: the beginning of any transition, a death, another change. */
import { freshSession } from "../../../../model/sessions/cluster/fresh.ts"
import {
  type Kind,
  type Metadata,
  NodeId,
  type Position,
  type Replica,
  sameReplica,
  type Tablet,
  TabletId,
  Version
} from "../../../../spec/sessions/metadata.ts"
import { replicaAt } from "./cluster-setups.ts"

const places: ReadonlyArray<Replica> = ["A.0", "A.1", "B.0", "C.0", "D.0"].map(replicaAt)
const nodes = ["A", "B", "C", "D"].map((name) => NodeId.make(name))

export const firstForCoordinator: Metadata = {
  version: Version.make(1),
  fence: Version.make(1),
  session: null,
  nodes,
  ignored: [],
  tablets: [{ tablet: TabletId.make("t1"), replicas: ["A.0", "B.0", "C.0"].map(replicaAt), transition: null }]
}

/** The same with a second table that shares the tablet. */
export const firstWithSharing: Metadata = {
  ...firstForCoordinator,
  tablets: firstForCoordinator.tablets.map((row) => ({ ...row, colocated: [TabletId.make("t1b")] }))
}

/** More commands than this nobody commits in one run of a check. */
const furthest = 120

export const operatorChanges = (at: Position, metadata: Metadata): ReadonlyArray<Metadata> => {
  if (at > furthest) return []
  const raised = { ...metadata, version: Version.make(metadata.version + 1) }
  const [tablet] = metadata.tablets
  const begun = tablet === undefined || tablet.transition !== null ? [] : transitions(at, metadata, tablet)
  const dead = metadata.ignored.length > 0 ? [] : nodes.map((node) => ({ ...metadata, ignored: [node] }))
  return [...begun.map((begins) => ({ ...raised, tablets: [begins] })), raised, ...dead]
}

const transitions = (at: Position, { ignored }: Metadata, tablet: Tablet): ReadonlyArray<Tablet> => {
  const { replicas } = tablet
  const free = places.filter((place) => !ignored.includes(place.node))
  const moves = replicas.flatMap((from) =>
    free
      .filter((to) => (to.node === from.node ? !sameReplica(to, from) : replicas.every(({ node }) => node !== to.node)))
      .map((to) => ({ from, to, next: replicas.map((replica) => (replica === from ? to : replica)) }))
  )
  const beginning = (kind: Kind, next: ReadonlyArray<Replica>): Tablet => ({
    ...tablet,
    transition: { kind, stage: "allow_write_both_read_old", next, session: null }
  })
  return [
    ...moves.map(({ from, to, next }) => beginning(from.node === to.node ? "intranode_migration" : "migration", next)),
    ...moves
      .filter(({ from, to }) => from.node !== to.node && ignored.includes(from.node))
      .flatMap(({ next }) => [beginning("rebuild", next), beginning("rebuild_v2", next)]),
    { ...tablet, transition: { kind: "repair", stage: "repair", next: replicas, session: freshSession(at) } },
    { ...tablet, transition: { kind: "restore", stage: "restore", next: replicas, session: freshSession(at) } }
  ]
}
