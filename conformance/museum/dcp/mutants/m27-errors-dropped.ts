import { ReplicationManager } from "../../../../impl/dcp/replication-manager.ts"
import type { ReplyValue } from "../../../../spec/dcp/messages.ts"
import { mutant } from "../mutant.ts"

/** M27 Errors that a replicator answers are dropped by its caller. Pre-e75f8251a, MB-15926. Breaks S22. */
export const M27 = mutant(
  "M27",
  {
    breaks: ["S22"],
    origin: "pre-e75f8251a, MB-15926",
    sentence: "Errors that a replicator answers are dropped by its caller."
  },
  {
    manager: class extends ReplicationManager {
      protected override isFailure(value: ReplyValue): boolean {
        return value._tag !== "Errors" && super.isFailure(value)
      }
    }
  }
)
