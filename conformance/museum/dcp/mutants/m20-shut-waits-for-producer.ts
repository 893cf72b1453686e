import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/**
 * M20 A shut closes the streams at the producer too, and waits for a producer that may be dead. Fe298eede, reverted by
 * 246e985e4, MB-16064. Breaks S5.
 */
export const M20 = mutant(
  "M20",
  {
    breaks: ["S5"],
    origin: "fe298eede, reverted by 246e985e4, MB-16064",
    sentence: "A shut closes the streams at the producer too, and waits for a producer that may be dead."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override closedOnProducerAtShut(toClose: readonly VBucket[]): readonly VBucket[] {
        return toClose
      }
    }
  }
)
