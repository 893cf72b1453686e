import { Replicator } from "../../../../impl/dcp/replicator.ts"
import type { CallOptions } from "../../../../impl/runtime/process.ts"
import { mutant } from "../mutant.ts"

/**
 * M21 The replicator waits for the shut of its consumer connection as long as it takes. Pre-55d0bc139, MB-17279. Breaks
 * L4.
 */
export const M21 = mutant(
  "M21",
  {
    breaks: ["L4"],
    origin: "pre-55d0bc139, MB-17279",
    sentence: "The replicator waits for the shut of its consumer connection as long as it takes."
  },
  {
    replicator: class extends Replicator {
      protected override shutTimeout(): CallOptions {
        return {}
      }
    }
  }
)
