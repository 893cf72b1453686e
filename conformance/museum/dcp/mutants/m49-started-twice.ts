import { ReplicationManager } from "../../../../impl/dcp/replication-manager.ts"
import { mutant } from "../mutant.ts"

/** M49 A replicator is started although the one before it still runs. Plausible. Breaks S17r. */
export const M49 = mutant(
  "M49",
  {
    breaks: ["S17r"],
    origin: "plausible",
    sentence: "A replicator is started although the one before it still runs."
  },
  {
    manager: class extends ReplicationManager {
      protected override isRunning(): boolean {
        return false
      }
    }
  }
)
