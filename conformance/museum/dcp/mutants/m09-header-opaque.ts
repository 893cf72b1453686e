import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import { mutant } from "../mutant.ts"

/**
 * M9 The opaque of an end, which is the stream's, is looked up among the opaques of requests, which are vBuckets. HEAD,
 * inferred. Breaks L1, S3w, L7.
 */
export const M09 = mutant(
  "M9",
  {
    breaks: ["L1", "S3w", "L7"],
    origin: "HEAD, inferred",
    sentence:
      "The opaque of an end, which is the stream's, is looked up among the opaques of requests, which are vBuckets."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override endsAwaitedStream(setup: Setup, end: StreamEnd): boolean {
        return setup.toAdd.has(end.opaque)
      }
    }
  }
)
