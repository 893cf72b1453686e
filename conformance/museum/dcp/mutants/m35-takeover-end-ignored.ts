import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/** M35 A takeover whose stream ends early is never answered. HEAD, inferred. Breaks L3. */
export const M35 = mutant(
  "M35",
  {
    breaks: ["L3"],
    origin: "HEAD, inferred",
    sentence: "A takeover whose stream ends early is never answered."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onTakeoverStreamEnd(): void {}
    }
  }
)
