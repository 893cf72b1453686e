import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Operation, Setup } from "../../../../impl/dcp/consumer-operation.ts"
import { mutant } from "../mutant.ts"

/** M29 The connection does not leave the set-up that it has answered. Plausible. Breaks S1, S20. */
export const M29 = mutant(
  "M29",
  {
    breaks: ["S1", "S20"],
    origin: "plausible",
    sentence: "The connection does not leave the set-up that it has answered."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override afterReply(setup: Setup): Operation {
        return setup
      }
    }
  }
)
