import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M1 An end before the ADD_STREAM response is ignored. Pre-77956b29c, MB-53445. Breaks L1, L7. */
export const M01 = mutant(
  "M1",
  {
    breaks: ["L1", "L7"],
    origin: "pre-77956b29c, MB-53445",
    sentence: "An end before the ADD_STREAM response is ignored."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onEndBeforeAddResponse(): void {}
    }
  }
)
