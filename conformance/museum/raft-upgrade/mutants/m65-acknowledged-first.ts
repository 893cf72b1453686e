import { type ChangeOutcome, SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { HeldState } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import type { Mutation, OperationId } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"

class AcknowledgesFirst extends SchemaChanges {
  protected override push(operation: OperationId, mutation: Mutation, { state }: HeldState): Promise<ChangeOutcome> {
    const { self: node, tell, schema, injections } = this.context
    tell({ _tag: "OperationBegan", node, operation, path: "old", state, mutation })
    tell({ _tag: "OperationEnded", node, operation })
    void injections
      .wait("schema_change_pause_before_push")
      .then(() => schema.merge("old", [mutation]))
      .then(() => this.spread(mutation))
    return Promise.resolve({ _tag: "Done" })
  }
}

export const M65 = mutant(
  "M65",
  {
    sentence: "A change on the old path is acknowledged before it is merged.",
    origin: "ours: dossier 2.13, and 5, row 17",
    breaks: ["S11"],
    seenIn: "a change is on its old path for a long time"
  },
  { machinery: { SchemaChanges: AcknowledgesFirst } }
)
