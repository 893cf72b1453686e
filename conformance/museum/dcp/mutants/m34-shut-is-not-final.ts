import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { idle } from "../../../../impl/dcp/consumer-operation.ts"
import { mutant } from "../mutant.ts"

/** M34 A connection that was shut takes calls again. Plausible. Breaks S13. */
export const M34 = mutant(
  "M34",
  {
    breaks: ["S13"],
    origin: "plausible",
    sentence: "A connection that was shut takes calls again."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override nextAfterShut(): typeof idle {
        return idle
      }
    }
  }
)
