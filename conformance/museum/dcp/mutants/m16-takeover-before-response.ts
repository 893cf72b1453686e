import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Takeover } from "../../../../impl/dcp/consumer-operation.ts"
import { mutant } from "../mutant.ts"

/**
 * M16 A takeover is done once active is confirmed, whether or not ADD_STREAM was answered. Pre-101120079, MB-10779.
 * Breaks S16.
 */
export const M16 = mutant(
  "M16",
  {
    breaks: ["S16"],
    origin: "pre-101120079, MB-10779",
    sentence: "A takeover is done once active is confirmed, whether or not ADD_STREAM was answered."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override takeoverDone(takeover: Takeover): boolean {
        return takeover.phase === "active"
      }
    }
  }
)
