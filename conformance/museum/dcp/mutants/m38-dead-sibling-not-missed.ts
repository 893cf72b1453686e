import type { ReplicatorIdentity } from "../../../../impl/dcp/replication-manager.ts"
import { ReplicationManager } from "../../../../impl/dcp/replication-manager.ts"
import { mutant } from "../mutant.ts"

/**
 * M38 A dead replicator is not missed while one for another connection of the same node lives. HEAD, inferred. Breaks
 * L6.
 */
export const M38 = mutant(
  "M38",
  {
    breaks: ["L6"],
    origin: "HEAD, inferred",
    sentence: "A dead replicator is not missed while one for another connection of the same node lives."
  },
  {
    manager: class extends ReplicationManager {
      protected override isRunning(wanted: ReplicatorIdentity, running: readonly ReplicatorIdentity[]): boolean {
        return running.some(({ node }) => node === wanted.node)
      }
    }
  }
)
