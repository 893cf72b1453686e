import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/**
 * M47 A shut over a set-up that waits for nothing but the producer is not answered. Found by exploration. Breaks L4c,
 * S5.
 */
export const M47 = mutant(
  "M47",
  {
    breaks: ["L4c", "S5"],
    origin: "found by exploration",
    sentence: "A shut over a set-up that waits for nothing but the producer is not answered."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override replyToShut(): void {}
    }
  }
)
