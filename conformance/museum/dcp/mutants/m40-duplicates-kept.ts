import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { VBucket } from "../../../../spec/ids.ts"
import { mutant } from "../mutant.ts"

/** M40 A vBucket that is named twice is asked for twice, under one opaque. Plausible. Breaks S6. */
export const M40 = mutant(
  "M40",
  {
    breaks: ["S6"],
    origin: "plausible",
    sentence: "A vBucket that is named twice is asked for twice, under one opaque."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override withoutDuplicates(vbuckets: readonly VBucket[]): VBucket[] {
        return [...vbuckets]
      }
    }
  }
)
