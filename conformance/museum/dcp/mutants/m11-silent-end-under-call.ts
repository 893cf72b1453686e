import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import { mutant } from "../mutant.ts"

/**
 * M11 The end of a stream that the call has opened already is no error of the call. HEAD, a question of the review.
 * Breaks S3.
 */
export const M11 = mutant(
  "M11",
  {
    breaks: ["S3"],
    origin: "HEAD, a question of the review",
    sentence: "The end of a stream that the call has opened already is no error of the call."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override recordEndUnderCall(): void {}
    }
  }
)
