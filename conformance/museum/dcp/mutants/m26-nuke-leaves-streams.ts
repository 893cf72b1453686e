import { Replicator } from "../../../../impl/dcp/replicator.ts"
import type { StopReason } from "../../../../impl/dcp/replicator-exit.ts"
import { mutant } from "../mutant.ts"

/** M26 A nuke ends a replicator without closing its streams. Pre-1375dd3a7, MB-17279. Breaks S21. */
export const M26 = mutant(
  "M26",
  {
    breaks: ["S21"],
    origin: "pre-1375dd3a7, MB-17279",
    sentence: "A nuke ends a replicator without closing its streams."
  },
  {
    replicator: class extends Replicator {
      protected override closesStreams(reason: StopReason): boolean {
        return reason === "shutdown"
      }
    }
  }
)
