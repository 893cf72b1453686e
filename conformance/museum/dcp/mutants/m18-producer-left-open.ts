import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M18 A stream is closed at the kv consumer only. Pre-08ff7f9c2, MB-9343. Breaks S9. */
export const M18 = mutant(
  "M18",
  {
    breaks: ["S9"],
    origin: "pre-08ff7f9c2, MB-9343",
    sentence: "A stream is closed at the kv consumer only."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override closedOnProducerToo(): readonly VBucket[] {
        return []
      }
    }
  }
)
