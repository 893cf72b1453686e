import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { Status, VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M30 A stream counts as open once ADD_STREAM is answered, whatever the answer. Plausible. Breaks S4. */
export const M30 = mutant(
  "M30",
  {
    breaks: ["S4"],
    origin: "plausible",
    sentence: "A stream counts as open once ADD_STREAM is answered, whatever the answer."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onStreamAdded(setup: Setup, vbucket: VBucket, status: Status): void {
        super.onStreamAdded(setup, vbucket, status)
        this.addPartition(vbucket)
      }
    }
  }
)
