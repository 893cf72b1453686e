import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import { mutant } from "../mutant.ts"

/** M10 An end is taken for that of the stream being added because it names the same vBucket. Plausible. Breaks S11. */
export const M10 = mutant(
  "M10",
  {
    breaks: ["S11"],
    origin: "plausible",
    sentence: "An end is taken for that of the stream being added because it names the same vBucket."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override endsAwaitedStream(setup: Setup, end: StreamEnd): boolean {
        return setup.toAdd.has(end.vbucket)
      }
    }
  }
)
