import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M44 A takeover does not ask whether the stream is open. Plausible. Breaks S16. */
export const M44 = mutant(
  "M44",
  {
    breaks: ["S16"],
    origin: "plausible",
    sentence: "A takeover does not ask whether the stream is open."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override takeoverForbidden(): boolean {
        return false
      }
    }
  }
)
