import { type ChangeOutcome, SchemaChanges } from "../../../../impl/raft-upgrade/schema/schema-changes.ts"
import { sleep } from "../../../../impl/runtime/waits.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import type { Mutation, OperationId } from "../../../../spec/raft-upgrade/ids.ts"
import { mutant } from "../mutant.ts"

const everyMs = 1_000

class WaitsForAll extends SchemaChanges {
  protected override async commit(operation: OperationId, mutation: Mutation): Promise<ChangeOutcome> {
    const outcome = await super.commit(operation, mutation)
    const { self, clock, signal } = this.context
    const members = this.surroundings.server()?.configuration.members ?? []
    for (const { node } of members)
      while (outcome._tag === "Done" && node !== self && !(await this.#hasCome(node, mutation)))
        await sleep(clock, everyMs, signal)
    return outcome
  }

  async #hasCome(node: NodeId, mutation: Mutation): Promise<boolean> {
    const { calls, signal } = this.context
    const answer = await calls.tryAsk(node, { _tag: "MigrationRequest" }, "Schema", signal)
    return answer?.schema.includes(mutation) === true
  }
}

export const M70 = mutant(
  "M70",
  {
    sentence: "A change by group 0 is over only when every member has it, and not when a majority has.",
    origin: "ours: dossier 4, V5",
    breaks: ["V5"],
    seenIn: "one of three that use group 0 is lost, and a client comes"
  },
  { machinery: { SchemaChanges: WaitsForAll } }
)
