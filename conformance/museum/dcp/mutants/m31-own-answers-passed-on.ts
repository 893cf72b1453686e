import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Fate } from "../../../../impl/dcp/proxy-process.ts"
import { mutant } from "../mutant.ts"

/** M31 The answers to the proxy's own requests are passed on to the producer. Plausible. Breaks S14. */
export const M31 = mutant(
  "M31",
  {
    breaks: ["S14"],
    origin: "plausible",
    sentence: "The answers to the proxy's own requests are passed on to the producer."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override fateOfAwaitedResponse(): Fate {
        return "proxy"
      }
    }
  }
)
