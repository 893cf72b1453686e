import { ClusterNode } from "../../../../impl/raft-upgrade/node/cluster-node.ts"
import type { ChangeOutcome } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { Mutation, OperationId } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"

class TakesClientsAtOnce extends ClusterNode {
  override change(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    return this.changes.change(operation, mutation)
  }
}

export const M42 = mutant(
  "M42",
  {
    sentence: "A new node is in the group, has not gone to synchronize yet, and takes a change on the old path.",
    origin: "scylladb commit 912466b4ef, pull request 30522; dossier 5, row 42",
    breaks: ["S9"],
    seenIn: "a client comes to a new node that is in the group, and not on the ring"
  },
  { Node: TakesClientsAtOnce }
)
