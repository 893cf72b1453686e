import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M45 A call is begun although another is under way. Plausible. Breaks S7. */
export const M45 = mutant(
  "M45",
  {
    breaks: ["S7"],
    origin: "plausible",
    sentence: "A call is begun although another is under way."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override rejectWhileBusy(): boolean {
        return false
      }
    }
  }
)
