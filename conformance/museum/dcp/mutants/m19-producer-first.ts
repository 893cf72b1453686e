import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M19 A stream is closed at the producer first. Plausible. Breaks S26. */
export const M19 = mutant(
  "M19",
  {
    breaks: ["S26"],
    origin: "plausible",
    sentence: "A stream is closed at the producer first."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override closeStream(vbucket: VBucket, onProducerToo: boolean): void {
        if (onProducerToo) this.tellPartner({ _tag: "CloseStreamCast", vbucket })
        super.closeStream(vbucket, false)
      }
    }
  }
)
