import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Fate } from "../../../../impl/dcp/proxy-process.ts"
import { mutant } from "../mutant.ts"

/** M24 What becomes of a packet after a shut is told in a way that nobody understands. Pre-b91ad8e11. Breaks S13. */
export const M24 = mutant(
  "M24",
  {
    breaks: ["S13"],
    origin: "pre-b91ad8e11",
    sentence: "What becomes of a packet after a shut is told in a way that nobody understands."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override packetWhenShut(): Fate {
        return this.crash({ _tag: "BadMatch" })
      }
    }
  }
)
