import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import type { Status, VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M46 An early end is only noted, and the connection given up with the next response. Plausible. Breaks L7, L1. */
export const M46 = mutant(
  "M46",
  {
    breaks: ["L7", "L1"],
    origin: "plausible",
    sentence: "An early end is only noted, and the connection given up with the next response."
  },
  {
    consumer: class extends ConsumerConnection {
      private noted: StreamEnd | undefined

      protected override onEndBeforeAddResponse(_setup: Setup, end: StreamEnd): void {
        this.noted = end
      }

      protected override onStreamAdded(setup: Setup, vbucket: VBucket, status: Status): void {
        if (this.noted !== undefined) super.onEndBeforeAddResponse(setup, this.noted)
        super.onStreamAdded(setup, vbucket, status)
      }
    }
  }
)
