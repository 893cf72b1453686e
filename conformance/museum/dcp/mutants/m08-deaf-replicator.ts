import { Replicator } from "../../../../impl/dcp/replicator.ts"
import { mutant } from "../mutant.ts"

/** M8 The replicator swallows the exit of its proxies. Plausible. Breaks S17, L6. */
export const M08 = mutant(
  "M8",
  {
    breaks: ["S17", "L6"],
    origin: "plausible",
    sentence: "The replicator swallows the exit of its proxies."
  },
  {
    replicator: class extends Replicator {
      protected override onProxyExited(): void {}
    }
  }
)
