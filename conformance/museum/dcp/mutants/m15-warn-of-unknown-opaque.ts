import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M15 A response that nobody waits for is only warned about. Pre-de052b38b, MB-10779. Breaks S8. */
export const M15 = mutant(
  "M15",
  {
    breaks: ["S8"],
    origin: "pre-de052b38b, MB-10779",
    sentence: "A response that nobody waits for is only warned about."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override unrecognizedOpaque(): void {}
    }
  }
)
