/** Which nodes a transition reads from and writes to. Source: locator/tablets.cc get_migration_streaming_info; dossier 3.2. */
import {
  leavingReplica,
  type NodeId,
  pendingReplica,
  type Replica,
  type Tablet
} from "../../../spec/sessions/metadata.ts"

const nodesOf = (replicas: ReadonlyArray<Replica | undefined>): ReadonlyArray<NodeId> => [
  ...new Set(replicas.flatMap((replica) => replica?.node ?? []))
]

/** Where the data comes from: those who have it and are not declared dead; in a migration the leaving replica, dead or not. */
export const readFrom = (tablet: Tablet, ignored: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => {
  const alive = (replicas: ReadonlyArray<Replica>): ReadonlyArray<NodeId> =>
    nodesOf(replicas).filter((node) => !ignored.includes(node))
  const pending = pendingReplica(tablet)
  switch (tablet.transition?.kind) {
    case "migration":
    case "intranode_migration":
      return nodesOf([leavingReplica(tablet)])
    case "rebuild":
      return alive(tablet.transition.next.filter((replica) => replica !== pending))
    case "rebuild_v2":
    case "repair":
    case "restore":
      return alive(tablet.replicas)
    case undefined:
      return []
  }
}

/** Where the data goes. */
export const writtenTo = (tablet: Tablet): ReadonlyArray<NodeId> => nodesOf([pendingReplica(tablet)])

/** Whom the pending replica fetches from: after a repair of all sources, any one of them has everything. */
export const streamSources = (tablet: Tablet, ignored: ReadonlyArray<NodeId>): ReadonlyArray<NodeId> => {
  const sources = readFrom(tablet, ignored)
  return tablet.transition?.kind === "rebuild_v2" ? sources.slice(0, 1) : sources
}
