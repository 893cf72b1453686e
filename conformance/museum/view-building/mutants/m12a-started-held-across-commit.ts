import type { Operation } from "../../../../impl/view-building/group0/operations.ts"
import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import type { ShardId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"

export class HoldsAcrossCommit extends Registrator {
  protected override conclude(operation: Operation, shards: ReadonlySet<ShardId>): Promise<void> {
    return this.started.exclusively((started) => this.carryOut(operation, this.plan(operation.draft, started, shards)))
  }
}

export const M12a = mutant(
  "M12a",
  {
    sentence: "The registrator keeps others from the tasks that have started while it commits.",
    origin: "scylladb commit b43cb873f6, SCYLLADB-2879",
    breaks: ["L7", "S20"],
    seenIn: "a deletion comes from elsewhere before a view is started",
    lawful:
      "nothing that an apply waits for wants to know what has started, for the observer keeps nobody from applying"
  },
  { machinery: { Registrator: HoldsAcrossCommit } }
)
