import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M33 A stream that ended is still believed open. Pre-1ea36ca16, MB-17241. Breaks S4, L5. */
export const M33 = mutant(
  "M33",
  {
    breaks: ["S4", "L5"],
    origin: "pre-1ea36ca16, MB-17241",
    sentence: "A stream that ended is still believed open."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onOpenStreamEnd(): void {}
    }
  }
)
