import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M48 The response of a stream that a shut has closed counts as one that nobody waited for. Plausible. Breaks S20. */
export const M48 = mutant(
  "M48",
  {
    breaks: ["S20"],
    origin: "plausible",
    sentence: "The response of a stream that a shut has closed counts as one that nobody waited for."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override forgetPendingAdd(setup: Setup, vbucket: VBucket): void {
        setup.toAdd.take(vbucket)
      }
    }
  }
)
