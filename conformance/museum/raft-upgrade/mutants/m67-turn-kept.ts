import { type ChangeOutcome, SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import type { Mutation, OperationId } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"

class KeepsItsTurn extends SchemaChanges {
  #isTaken = false

  protected override async commit(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    if (this.#isTaken) return new Promise(() => {})
    const outcome = await super.commit(operation, mutation)
    this.#isTaken = outcome._tag === "Refused"
    return outcome
  }
}

export const M67 = mutant(
  "M67",
  {
    sentence: "A command of group 0 that found no majority keeps its turn, and the next one waits for ever.",
    origin: "ours: dossier 4, V5",
    breaks: ["V5"],
    seenIn: "group 0 is not to be reached for one change, and is for the next"
  },
  { machinery: { SchemaChanges: KeepsItsTurn } }
)
