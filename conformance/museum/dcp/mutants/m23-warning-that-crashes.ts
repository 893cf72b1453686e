import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M23 The warning about a close that a shut no longer waits for has too few arguments. HEAD, inferred. Breaks S20. */
export const M23 = mutant(
  "M23",
  {
    breaks: ["S20"],
    origin: "HEAD, inferred",
    sentence: "The warning about a close that a shut no longer waits for has too few arguments."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override ignoreProducerClose(): void {
        this.crash({ _tag: "BadArgument" })
      }
    }
  }
)
