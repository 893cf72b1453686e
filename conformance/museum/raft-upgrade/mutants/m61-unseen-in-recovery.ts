import { type ChangeOutcome, SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { HeldState } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import type { Mutation, OperationId } from "../../../../spec/raft-upgrade/ids.ts"
import { recovery } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

class TellsNobodyInRecovery extends SchemaChanges {
  protected override async push(operation: OperationId, mutation: Mutation, held: HeldState): Promise<ChangeOutcome> {
    if (held.state !== recovery) return super.push(operation, mutation, held)
    const { self: node, tell, schema } = this.context
    tell({ _tag: "OperationBegan", node, operation, path: "old", state: recovery, mutation })
    await schema.merge("old", [mutation])
    tell({ _tag: "OperationEnded", node, operation })
    return { _tag: "Done" }
  }
}

export const M61 = mutant(
  "M61",
  {
    sentence: "Changes that two nodes make in recovery do not see each other.",
    origin: "scylladb commit 69b4769418, issue 20791; dossier 5, row 61",
    breaks: [],
    seenIn: "the majority is lost, and the two that are left change their schemas apart",
    lawful: "the way out of recovery begins with a synchronisation: a documented limitation"
  },
  { machinery: { SchemaChanges: TellsNobodyInRecovery } }
)
