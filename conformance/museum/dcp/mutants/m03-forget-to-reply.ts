import { ConsumerConnection } from "../../../../impl/dcp/consumer-connection.ts"
import type { Setup } from "../../../../impl/dcp/consumer-operation.ts"
import type { StreamEnd } from "../../../../impl/dcp/consumer-streams.ts"
import { mutant } from "../mutant.ts"

/**
 * M3 An early end takes its stream off the list and is an error of the call, but nobody asks whether it was the last.
 * Patch set 4 of the review, a slip. Breaks L1, S20.
 */
export const M03 = mutant(
  "M3",
  {
    breaks: ["L1", "S20"],
    origin: "patch set 4 of the review, a slip",
    sentence:
      "An early end takes its stream off the list and is an error of the call, but nobody asks whether it was the last."
  },
  {
    consumer: class extends ConsumerConnection {
      protected override onEndBeforeAddResponse(setup: Setup, end: StreamEnd): void {
        setup.toAdd.take(end.vbucket)
        setup.fail({ _tag: "StreamEnded", reason: end.reason, vbucket: end.vbucket })
      }
    }
  }
)
