import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/**
 * M37 A shut waits for the ADD_STREAM response of a stream that it has closed, which kv need not give. HEAD, inferred.
 * Breaks L4c.
 */
export const M37 = mutant(
  "M37",
  {
    breaks: ["L4c"],
    origin: "HEAD, inferred",
    sentence: "A shut waits for the ADD_STREAM response of a stream that it has closed, which kv need not give."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override forgetPendingAdd(): void {}
    }
  }
)
